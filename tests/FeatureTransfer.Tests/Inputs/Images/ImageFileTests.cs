namespace FeatureTransfer.Tests.Inputs.Images;

public class ImageFileTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("ft-image-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [TestCase(0, 5, 8)]
    [TestCase(0, 8, 8)]
    [TestCase(8, 8, 8)]
    [TestCase(8, 9, 16)]
    [TestCase(100, 9, 100)]
    [TestCase(10, 70_000, 1 << 17)]
    public void ReadInto_Memory_GrowsOnlyWhereTheFileIsLarger(int before, int length, int after)
    {
        byte[] content = [.. Enumerable.Range(0, length).Select(i => (byte)(i * 7))];
        var path = Save(content);
        var buffer = new byte[before];
        var held = buffer;
        var read = ImageFile.ReadInto(path, ref buffer);
        Assert.Multiple(() =>
        {
            Assert.That(read, Is.EqualTo(length));
            Assert.That(buffer[..length], Is.EqualTo(content));
            Assert.That(buffer, Has.Length.EqualTo(after));
            Assert.That(ReferenceEquals(buffer, held), Is.EqualTo(before == after));
        });
    }

    [Test]
    public void ReadInto_MoreThanMemoryCanHold_SaysHowMuchAndKeepsTheMemory()
    {
        var path = Save([1]);
        using (var file = File.OpenWrite(path))
            file.SetLength((1L << 30) + 1);
        byte[] buffer = [1, 2];
        Assert.That(() => ImageFile.ReadInto(path, ref buffer), Throws.TypeOf<BadInputException>().With.Message.Contains("it has 1073741825 bytes, more than 1073741824"));
        Assert.That(buffer, Is.EqualTo(new byte[] { 1, 2 }));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Read_WhatIsNoFile_IsBadInputWithItsReason(bool whole)
    {
        Assert.Multiple(() =>
        {
            Assert.That(Reason(Path.Combine(_folder, "none.png"), whole), Is.EqualTo("there is no such file"));
            Assert.That(Reason(Path.Combine(_folder, "none", "a.png"), whole), Is.EqualTo("there is no such file"));
            Assert.That(Reason("a\0b.png", whole), Does.StartWith("the file cannot be read: ").And.Contain("Null"));
            Assert.That(Reason(_folder, whole), Does.StartWith("the file cannot be read: ").And.Contain(_folder));
            Assert.That(Reason(Save([]), whole), Does.StartWith("it is empty (0 bytes), or a pipe or a device"));
        });
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Read_LinkToALink_IsTheFileAtTheEnd(bool whole)
    {
        if (OperatingSystem.IsWindows())
            Assert.Ignore("Links need a privilege on Windows.");
        var path = Path.Combine(_folder, "second.png");
        File.CreateSymbolicLink(Path.Combine(_folder, "first.png"), Save([4, 5, 6]));
        File.CreateSymbolicLink(path, Path.Combine(_folder, "first.png"));
        Assert.That(Read(path, whole), Is.EqualTo(new byte[] { 4, 5, 6 }));
        Save([]);
        Assert.That(Reason(path, whole), Does.Contain("0 bytes"));
    }

    private static byte[] Read(string path, bool whole)
    {
        if (whole)
            return ImageFile.ReadAllBytes(path);
        byte[] buffer = [];
        var length = ImageFile.ReadInto(path, ref buffer);
        return buffer[..length];
    }

    private static string Reason(string path, bool whole) => Assert.Throws<BadInputException>(() => Read(path, whole))!.Reason;

    private string Save(byte[] content)
    {
        var path = Path.Combine(_folder, "image.png");
        File.WriteAllBytes(path, content);
        return path;
    }
}
