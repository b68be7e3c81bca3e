using System.Diagnostics;
using System.Globalization;

namespace Engine.Tests.Memory;

/// <summary>Text loading, one-hot, normalising and training hold no more than the training set, in a compact form.</summary>
[TestFixture]
public class BoundedMemoryTests
{
    private const int Rows = 200_000;

    // The text is 24 MB; the features are 302 MB as arrays, 19 MB as stored values with their slots.
    private const long HeapLimit = 48L << 20;

    private string _path = "";

    [OneTimeSetUp]
    public void WriteData()
    {
        _path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.csv");
        TextChain.WriteData(_path, Rows);
    }

    [OneTimeTearDown]
    public void DeleteData() => File.Delete(_path);

    [Test]
    public void Fit_ManyRowsUnderAHeapLimit_Trains()
    {
        var (code, output, error) = Run("train");

        Assert.That(code, Is.Zero, error);
        Assert.That(double.Parse(output, CultureInfo.InvariantCulture), Is.GreaterThan(0.7));
    }

    [Test]
    public void GetColumn_AllRowsHeldUnderTheLimit_DoesNotFit()
    {
        // The limit holds: without it the other test could not fail.
        var (code, _, error) = Run("hold");

        Assert.That(code, Is.Not.Zero);
        Assert.That(error, Does.Contain("OutOfMemory").Or.Contain("Out of memory"));
    }

    private (int Code, string Output, string Error) Run(string what)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(TextChain).Assembly.Location, what, _path])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_GCHeapHardLimit"] = HeapLimit.ToString("X", CultureInfo.InvariantCulture);
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}
