using FeatureTransfer.Extraction;

namespace FeatureTransfer.Tests.Extraction.Cache;

public class CacheLayoutTests
{
    private CacheFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new CacheFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void ScopesAndSegments_ManyInAnyOrder_AreInOrder()
    {
        var scopes = Enumerable.Range(0, 20).Select(i => new Hash256((UInt128)(i * 7 % 20), 1)).ToList();
        foreach (var scope in scopes)
            Directory.CreateDirectory(ScopeStore.PathOf(_folder.Root, scope));
        foreach (var scope in scopes)
            File.WriteAllText(Path.Combine(_folder.Root, $"{scope}.features"), "");
        var names = scopes.Select(scope => scope.ToString()).Order(StringComparer.Ordinal).ToList();
        Assert.That(CacheLayout.Scopes(_folder.Root).Select(scope => scope.ToString()), Is.EqualTo(names));
        Assert.That(CacheLayout.Segments(_folder.Root).Select(Path.GetFileNameWithoutExtension), Is.EqualTo(names));
    }

    [Test]
    public void TryDeleteEmpty_FolderWithAFile_LeavesBoth()
    {
        var file = Path.Combine(_folder.Root, "a", "b");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "text");
        Assert.That(CacheLayout.Size(_folder.Root), Is.EqualTo(4));
        CacheLayout.TryDeleteEmpty(Path.GetDirectoryName(file)!);
        Assert.That(CacheLayout.LengthOf(file), Is.EqualTo(4));
        File.Delete(file);
        Assert.That(CacheLayout.LengthOf(file), Is.EqualTo(-1));
        CacheLayout.TryDeleteEmpty(Path.GetDirectoryName(file)!);
        Assert.That(Directory.GetDirectories(_folder.Root), Is.Empty);
    }
}
