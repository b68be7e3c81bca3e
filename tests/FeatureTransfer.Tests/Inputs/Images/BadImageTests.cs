using System.Text;

namespace FeatureTransfer.Tests.Inputs.Images;

public class BadImageTests
{
    private static BadInputException Fail(byte[] encoded)
    {
        var tensor = new float[12];
        return Assert.Throws<BadInputException>(() => new ImagePreprocessor(TestImages.Bytes(2, 2)).Read(encoded, tensor, "a/b.png"))!;
    }

    [Test]
    public void Read_NoBytes_SaysEmpty() => Assert.That(Fail([]).Message, Does.Contain("a/b.png").And.Contain("0 bytes"));

    [Test]
    public void Read_Text_SaysTextAndNothingOfIt() =>
        Assert.That(Fail(Encoding.UTF8.GetBytes("secret=hunter2\nat all")).Reason, Does.Contain("text").And.Contain("JPEG").And.Not.Contain("secret").And.Not.Contain("hunter2"));

    [TestCase("BM6\u0004\0\0\0\0\0\06\0\0\0(\0\0\0", "BMP")]
    [TestCase("%PDF-1.7\0", "PDF")]
    [TestCase("PK\u0003\u0004\0\0", "ZIP")]
    public void Read_OtherFormat_NamesIt(string beginning, string format) =>
        Assert.That(Fail([.. Encoding.Latin1.GetBytes(beginning), .. new byte[64]]).Reason, Does.Contain($"a {format} file").And.Contain("libvips 8."));

    [Test]
    public void Read_Noise_ShowsNoneOfItsBytes() => Assert.That(Fail([1, 2, 3, 4, 0, 0, 0, 0, 0, 9]).Reason, Does.Contain("known format").And.Not.Contain("01020304"));

    [TestCase("pipe")]
    [TestCase("link to a pipe")]
    [TestCase("/dev/zero")]
    [CancelAfter(20_000)]
    public void ReadFile_PipeOrDevice_IsRefusedAndNotRead(string kind)
    {
        if (OperatingSystem.IsWindows())
            Assert.Ignore("Pipes and devices are no files on Windows.");
        using var folder = new OwnFolder();
        var pipe = Path.Combine(folder.Path, "pipe.png");
        using (var make = System.Diagnostics.Process.Start("mkfifo", [pipe]))
            make.WaitForExit();
        var path = kind switch
        {
            "pipe" => pipe,
            "link to a pipe" => File.CreateSymbolicLink(Path.Combine(folder.Path, "link.png"), pipe).FullName,
            _ => kind,
        };
        Assert.That(() => new ImagePreprocessor(TestImages.Bytes(2, 2)).ReadFile(path, new float[12]), Throws.TypeOf<BadInputException>().With.Message.Contains("a pipe or a device"));
    }

    private sealed class OwnFolder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("ft-bad-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }

    [TestCase(0.1)]
    [TestCase(0.5)]
    [TestCase(0.9)]
    public void Read_TruncatedJpeg_SaysSo(double share)
    {
        using var image = TestImages.Of(TestImages.Ramp(300, 200), 300, 200, 3);
        var jpeg = image.JpegsaveBuffer();
        Assert.That(Fail(jpeg[..(int)(jpeg.Length * share)]).Reason, Does.Contain("JPEG").And.Contain("cut short"));
    }

    [Test]
    public void Read_TruncatedPng_SaysSo()
    {
        var png = TestImages.Png(300, 200, TestImages.Ramp(300, 200));
        Assert.That(Fail(png[..(png.Length / 2)]).Reason, Does.Contain("PNG").And.Contain("cut short"));
    }

    [Test]
    public void Read_RatioBeyondResizing_SaysTooLarge()
    {
        var preprocessing = TestImages.Bytes(1024, 1024);
        var encoded = TestImages.SolidPng(20000, 1, 1, 1, 1);
        Assert.That(() => new ImagePreprocessor(preprocessing).Read(encoded, new float[preprocessing.TensorLength], "x"), Throws.TypeOf<BadInputException>().With.Message.Contains("20000 x 1"));
    }

    [Test]
    public void ReadFile_Missing_SaysSo() =>
        Assert.That(
            () => new ImagePreprocessor(TestImages.Bytes(2, 2)).ReadFile("no/such/file.jpg", new float[12]),
            Throws.TypeOf<BadInputException>().With.Message.Contains("no/such/file.jpg").And.Message.Contains("no such file"));

    [Test]
    public void ReadFile_Folder_IsBadInput() =>
        Assert.That(() => new ImagePreprocessor(TestImages.Bytes(2, 2)).ReadFile(Path.GetTempPath(), new float[12]), Throws.TypeOf<BadInputException>());

    [Test]
    public void Read_AfterBadOnes_StillReadsGoodOnes()
    {
        for (var i = 0; i < 20; i++)
            Fail([1, 2, 3]);
        Assert.That(TestImages.Read(TestImages.Bytes(1, 1), TestImages.SolidPng(2, 2, 4, 5, 6)), Is.EqualTo(new float[] { 4, 5, 6 }));
    }
}
