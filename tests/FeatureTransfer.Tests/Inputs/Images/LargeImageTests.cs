using System.Diagnostics;
using LibVips;

namespace FeatureTransfer.Tests.Inputs.Images;

[NonParallelizable]
public class LargeImageTests
{
    [TestCase("jpegsave_buffer")]
    [TestCase("pngsave_buffer")]
    public void Read_12000Square_MemoryStaysBounded(string saver)
    {
        if (!OperatingSystem.IsLinux())
            Assert.Ignore("The peak of the resident set is read from /proc, which only Linux has.");
        using var black = VipsImage.Black(12000, 12000, 3);
        using var image = black.Relabel(VipsInterpretation.Srgb);
        var encoded = image.Encode(saver);
        ResetPeak();
        using var process = Process.GetCurrentProcess();
        var before = process.WorkingSet64;
        var tensor = TestImages.Read(new ImageRecipe(), encoded);
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
