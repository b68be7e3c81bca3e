using CsvHelper;
using FeatureTransfer.Extraction;

namespace FeatureTransfer.Pipelines.FeatureFiles;

/// <summary>Writes a table with commas: <c>input</c>, then <c>f0</c>, <c>f1</c>, and so on.</summary>
internal static class CsvFeatureWriter
{
    public static long Write(Stream stream, int featureLength, IEnumerable<ExtractedFeatures> rows)
    {
        using var text = new StreamWriter(stream, leaveOpen: true);
        using var csv = new CsvWriter(text, CultureInfo.InvariantCulture, leaveOpen: true);
        csv.WriteField("input");
        for (var feature = 0; feature < featureLength; feature++)
            csv.WriteField(string.Create(CultureInfo.InvariantCulture, $"f{feature}"));
        csv.NextRecord();
        var count = 0L;
        foreach (var row in rows)
        {
            csv.WriteField(row.Input);
            foreach (var value in row.Features)
                csv.WriteField(value.ToString("R", CultureInfo.InvariantCulture));
            csv.NextRecord();
            count++;
        }

        return count;
    }
}
