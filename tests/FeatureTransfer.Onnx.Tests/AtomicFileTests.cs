namespace FeatureTransfer.Onnx.Tests;

public class AtomicFileTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("ft-atomic-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void WriteText_NewFolder_IsMade()
    {
        var file = Path.Combine(_folder, "a", "b", "c.txt");
        AtomicFile.WriteText(file, "größe");
        Assert.That(File.ReadAllBytes(file), Is.EqualTo("größe"u8.ToArray()), "UTF-8 without a mark");
    }

    [Test]
    public void Write_Existing_IsReplacedWhenTheNewOneIsWhole()
    {
        var file = Path.Combine(_folder, "a.txt");
        AtomicFile.WriteText(file, "old");
        AtomicFile.Write(file, stream =>
        {
            stream.WriteByte((byte)'n');
            stream.Flush();
            Assert.That(File.ReadAllText(file), Is.EqualTo("old"));
        });
        Assert.That(File.ReadAllText(file), Is.EqualTo("n"));
    }

    [Test]
    public void Write_AfterAKilledProcess_RemovesWhatThatLeftAndNothingElse()
    {
        var file = Path.Combine(_folder, "a.txt");
        string[] others = [Path.Combine(_folder, "b.txt.12-34.tmp"), file + ".new.tmp", file + ".held.tmp"];
        foreach (var path in others.Append(file + ".12-34.tmp"))
            File.WriteAllText(path, "half");
        foreach (var path in Directory.GetFiles(_folder).Where(path => !path.Contains("new", StringComparison.Ordinal)))
            File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddHours(-1));
        using (File.Open(others[2], FileMode.Open, FileAccess.Write, FileShare.None))
            AtomicFile.WriteText(file, "whole");
        Assert.That(Directory.GetFiles(_folder), Is.EquivalentTo(others.Append(file)));
    }

    [Test]
    public void Write_Fails_LeavesTheOldFileAndNoOther()
    {
        var file = Path.Combine(_folder, "a.txt");
        AtomicFile.WriteText(file, "old");
        Assert.That(() => AtomicFile.Write(file, _ => throw new InvalidOperationException()), Throws.InvalidOperationException);
        Assert.That(File.ReadAllText(file), Is.EqualTo("old"));
        Assert.That(Directory.GetFiles(_folder), Has.Length.EqualTo(1));
    }

    [Test]
    public void Write_WhereNoFileCanBe_NamesIt()
    {
        var file = Path.Combine(_folder, "taken");
        Directory.CreateDirectory(file);
        Assert.That(() => AtomicFile.WriteText(file, "x"), Throws.TypeOf<FeatureTransferException>().With.Message.Contains(file).And.Message.Contains("cannot be written"));
        Assert.That(Directory.GetFiles(_folder), Is.Empty);
    }
}
