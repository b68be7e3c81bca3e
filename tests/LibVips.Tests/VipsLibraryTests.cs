namespace LibVips.Tests;

public class VipsLibraryTests
{
    [Test]
    public void Version_Loaded_IsRecent() => Assert.That(Version.Parse(VipsLibrary.Version), Is.GreaterThanOrEqualTo(new Version(8, 13)));

    [Test]
    public void LoadableFormats_Loaded_HaveTheCommonOnes() =>
        Assert.That(VipsLibrary.LoadableFormats, Is.SupersetOf(new[] { "JPEG", "PNG", "WebP", "GIF", "TIFF" }));

    [Test]
    public void NativePath_BesideTheAssembly_IsThatFile()
    {
        var beside = Directory.GetFiles(AppContext.BaseDirectory, "libvips*");
        if (beside.Length == 0)
            Assert.Ignore("libvips comes from the system here.");
        Assert.That(beside, Does.Contain(VipsLibrary.NativePath));
    }
}
