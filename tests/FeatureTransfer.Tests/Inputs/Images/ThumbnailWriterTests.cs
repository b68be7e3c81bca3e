using NetVips;

namespace FeatureTransfer.Tests.Inputs.Images;

public class ThumbnailWriterTests
{
    private string _path = "";

    [SetUp]
    public void MakePath() => _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".png");

    [TearDown]
    public void DeleteFile() => File.Delete(_path);

    [Test]
    public void Jpeg_TransparentPng_IsSmallAndOnWhite()
    {
        File.WriteAllBytes(_path, TestImages.SolidPng(200, 100, 10, 20, 30, 0));
        using var thumbnail = Image.NewFromBuffer(ThumbnailWriter.Jpeg(_path, 50));
        Assert.Multiple(() =>
        {
            Assert.That((thumbnail.Width, thumbnail.Height, thumbnail.Bands), Is.EqualTo((50, 25, 3)));
            Assert.That(thumbnail.WriteToMemory<byte>(), Is.All.EqualTo(255).Within(1));
        });
    }

    [Test]
    public void Jpeg_NoImage_IsBadInput()
    {
        File.WriteAllText(_path, "not a picture");
        Assert.That(() => ThumbnailWriter.Jpeg(_path), Throws.TypeOf<BadInputException>().With.Message.Contains(_path));
    }

    [Test]
    public void Jpeg_EdgeOfZero_Throws() => Assert.That(() => ThumbnailWriter.Jpeg(_path, 0), Throws.TypeOf<ArgumentOutOfRangeException>());
}
