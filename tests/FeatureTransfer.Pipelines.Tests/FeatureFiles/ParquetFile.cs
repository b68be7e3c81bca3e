using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace FeatureTransfer.Pipelines.Tests.FeatureFiles;

/// <summary>What hyparquet, a reader that has nothing to do with this product, finds in a Parquet file.</summary>
internal sealed record ParquetFile(long Rows, long[] Groups, string[] Columns, string[] Inputs, float[] Values)
{
    private static readonly JsonSerializerOptions _options = new(JsonSerializerDefaults.Web);

    public static ParquetFile Read(string path)
    {
        Reference.Npm("hyparquet");
        var start = new ProcessStartInfo("node", [Path.Combine(Reference.Root, "tests", "FeatureTransfer.Tests", "Extraction", "Writers", "read-parquet.mjs"), path])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var (text, error) = Run(start);
        Assert.That(error, Is.Empty);
        var found = JsonSerializer.Deserialize<Found>(text, _options)!;
        return new ParquetFile(found.Rows, found.Groups, found.Columns, found.Inputs, MemoryMarshal.Cast<byte, float>(Convert.FromBase64String(found.Values)).ToArray());
    }

    private static (string Text, string Error) Run(ProcessStartInfo start)
    {
        try
        {
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync();
            var text = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (text, error.GetAwaiter().GetResult());
        }
        catch (Win32Exception)
        {
            Assert.Ignore("Node.js, which runs the independent reader of Parquet, is not on this machine.");
            throw;
        }
    }

    private sealed record Found(long Rows, long[] Groups, string[] Columns, string[] Inputs, string Values);
}
