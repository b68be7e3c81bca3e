using System.Diagnostics;
using NetVips;

namespace FeatureTransfer.Tests.Inputs.Images;

[NonParallelizable]
public class LargeImageTests
{
    [TestCase(".jpg")]
    [TestCase(".png")]
    public void Read_12000Square_MemoryStaysBounded(string format)
    {
        if (!OperatingSystem.IsLinux())
            Assert.Ignore("The peak of the resident set is read from /proc, which only Linux has.");
        using var black = Image.Black(12000, 12000, bands: 3);
        using var image = black.Copy(interpretation: Enums.Interpretation.Srgb);
        var encoded = image.WriteToBuffer(format);
        ResetPeak();
        using var process = Process.GetCurrentProcess();
        var before = process.WorkingSet64;
        var tensor = TestImages.Read(new ImagePreprocessing(), encoded);
        var growth = Peak() - before;
        Assert.Multiple(() =>
        {
            Assert.That(tensor.Max(), Is.Zero);
            Assert.That(growth >> 20, Is.LessThan(150), "MB; the decoded image would be 412 MB");
        });
    }

    // 5 clears the kernel's record of the peak, so that other tests do not count; where that is not allowed, the test is only stricter.
    private static void ResetPeak()
    {
        try
        {
            File.WriteAllText("/proc/self/clear_refs", "5");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            TestContext.Out.WriteLine($"The peak could not be reset: {e.Message}");
        }
    }

    private static long Peak()
    {
        var line = File.ReadLines("/proc/self/status").First(text => text.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], System.Globalization.CultureInfo.InvariantCulture) * 1024;
    }
}
