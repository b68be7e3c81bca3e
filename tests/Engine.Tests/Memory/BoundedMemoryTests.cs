using System.Diagnostics;
using System.Globalization;

namespace Engine.Tests.Memory;

/// <summary>Text loading, one-hot, normalising and training hold no more than the training set, in a compact form.</summary>
[TestFixture]
public class BoundedMemoryTests
{
    private const int Rows = 200_000;

    // The text is 24 MB, the features as dense vectors would be 302 MB; as stored values with their slots they are 19 MB.
    private const long HeapLimit = 48L << 20;

    [Test]
    public void Fit_ManyRowsUnderAHeapLimit_Trains()
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.csv");
        try
        {
            TextChain.WriteData(path, Rows);

            var (code, output, error) = Train(path);

            Assert.That(code, Is.Zero, error);
            Assert.That(double.Parse(output, CultureInfo.InvariantCulture), Is.GreaterThan(0.7));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Test]
    public void Fit_HeapLimitTooSmall_Fails()
    {
        // The limit holds: without this the other test could not fail.
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.csv");
        try
        {
            TextChain.WriteData(path, Rows / 20);

            var (code, _, error) = Train(path, HeapLimit / 16);

            Assert.That(code, Is.Not.Zero);
            Assert.That(error, Does.Contain("OutOfMemory").Or.Contain("Out of memory"));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static (int Code, string Output, string Error) Train(string path, long limit = HeapLimit)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(TextChain).Assembly.Location, "train", path])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_GCHeapHardLimit"] = limit.ToString("X", CultureInfo.InvariantCulture);
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}
