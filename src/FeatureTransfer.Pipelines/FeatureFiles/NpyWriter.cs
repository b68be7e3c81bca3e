using System.Runtime.InteropServices;
using System.Text;
using FeatureTransfer.Extraction;

namespace FeatureTransfer.Pipelines.FeatureFiles;

/// <summary>Writes NumPy's format, version 1.0: one float32 array (rows, features), C order. The inputs' names are not in it.</summary>
internal static class NpyWriter
{
    private const int HeaderLength = 128;

    public static long Write(Stream stream, int featureLength, IEnumerable<ExtractedFeatures> rows)
    {
        var count = 0L;
        stream.Write(Header(0, featureLength));
        foreach (var row in rows)
        {
            stream.Write(MemoryMarshal.AsBytes(row.Features.AsSpan()));
            count++;
        }

        // The number of rows is known now; the header has a fixed length.
        stream.Position = 0;
        stream.Write(Header(count, featureLength));
        stream.Position = stream.Length;
        return count;
    }

    private static byte[] Header(long rows, int features)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({rows}, {features}), }}");
        byte[] magic = [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0, HeaderLength - 10, 0];
        return [.. magic, .. Encoding.ASCII.GetBytes(text.PadRight(HeaderLength - magic.Length - 1) + "\n")];
    }
}
