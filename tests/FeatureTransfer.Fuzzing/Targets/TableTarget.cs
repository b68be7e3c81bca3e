using FeatureTransfer.Pipelines.Data;

namespace FeatureTransfer.Fuzzing.Targets;

/// <summary>Tables with separators: encoding, separator, header, rows and numbers are found by looking.</summary>
internal sealed class TableTarget : IFuzzTarget
{
    public string Name => "table";

    public void Read(byte[] input)
    {
        using var file = new InputFile("input.csv", input);
        var table = DelimitedTable.Open(file.Path, separator: null, encoding: null, ["path", "label"]);
        var numbers = new NumberTexts(DecimalMark.Auto, table.Separator != ',');
        foreach (var line in table.Lines)
        {
            foreach (var field in line.Fields)
                numbers.Read(field);
        }
    }
}
