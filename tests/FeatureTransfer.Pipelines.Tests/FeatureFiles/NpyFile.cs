using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace FeatureTransfer.Pipelines.Tests.FeatureFiles;

/// <summary>Reads NumPy's format by its description (NEP 1), apart from the product's writer.</summary>
internal sealed partial record NpyFile(string Type, bool FortranOrder, int[] Shape, float[] Values)
{
    public static NpyFile Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        Assert.That(bytes[..8], Is.EqualTo(new byte[] { 0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0 }), "magic and version 1.0");
        var start = 10 + BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(8));
        Assert.That(start % 64, Is.Zero, "the data begin at a multiple of 64");
        var header = Encoding.ASCII.GetString(bytes, 10, start - 10);
        Assert.That(header, Does.EndWith("\n"));
        var match = Header().Match(header);
        Assert.That(match.Success, header);
        return new NpyFile(
            match.Groups["type"].Value,
            match.Groups["fortran"].Value == "True",
            [.. match.Groups["shape"].Value.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(size => int.Parse(size, CultureInfo.InvariantCulture))],
            MemoryMarshal.Cast<byte, float>(bytes.AsSpan(start)).ToArray());
    }

    [GeneratedRegex(@"^\{'descr': '(?<type>[^']+)', 'fortran_order': (?<fortran>True|False), 'shape': \((?<shape>[^)]*)\), \} *\n$")]
    private static partial Regex Header();
}
