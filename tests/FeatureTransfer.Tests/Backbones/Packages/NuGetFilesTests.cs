using FeatureTransfer.Backbones;
using FeatureTransfer.Backbones.Packages;
using NuGet.Packaging;
using NuGet.Versioning;

namespace FeatureTransfer.Tests.Backbones.Packages;

/// <summary>Packages come from the user's own sources: here a folder, which NuGet reads as it reads a feed.</summary>
public class NuGetFilesTests
{
    private static readonly byte[] _weights = [1, 2, 3, 4, 5];

    private string _folder = "";

    private string Destination => Path.Combine(_folder, "store", "net.part");

    [SetUp]
    public void MakeFolder()
    {
        _folder = Directory.CreateTempSubdirectory("ft-nuget-").FullName;
        Directory.CreateDirectory(Path.Combine(_folder, "feed"));
        File.WriteAllText(Path.Combine(_folder, "nuget.config"), Configuration(""));
    }

    [TearDown]
    public void DropFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task FetchAsync_PackageInAnOfflineFolder_GivesItsFileAndLeavesNothingElse()
    {
        Pack("My.Weights", "1.2.3");
        await FetchAsync(Source("models/net.onnx"));
        Assert.That(await File.ReadAllBytesAsync(Destination), Is.EqualTo(_weights));
        Assert.That(Directory.GetFiles(Path.GetDirectoryName(Destination)!), Is.EqualTo(new[] { Destination }));
    }

    // The environment may name another packages folder than the configuration; it has no say in the fallback.
    [Test]
    public async Task FetchAsync_PackageInAPackagesFolder_AsksNoSource()
    {
        var unpacked = Directory.CreateDirectory(Path.Combine(_folder, "fallback", "my.weights", "1.2.3", "models")).FullName;
        await File.WriteAllBytesAsync(Path.Combine(unpacked, "net.onnx"), _weights);
        await FetchAsync(Source("models/net.onnx"));
        Assert.That(await File.ReadAllBytesAsync(Destination), Is.EqualTo(_weights));
    }

    [Test]
    public async Task FetchAsync_ResourceOfAnAssembly_GivesTheResource()
    {
        Pack("My.Weights", "1.2.3");
        await FetchAsync(Source("lib/weights.dll") with { Resource = "onnx-models/resnet_18.mlnet.json" });
        Assert.That(await File.ReadAllTextAsync(Destination), Does.Contain("ResNet-18"));
    }

    [Test]
    public void FetchAsync_NoSuchVersion_NamesCardPackageAndSource()
    {
        Pack("My.Weights", "1.2.4");
        Assert.That(() => FetchAsync(Source("models/net.onnx")), Throws.TypeOf<FeatureTransferException>()
            .With.Message.StartsWith("card.json: ").And.Message.Contains("My.Weights 1.2.3").And.Message.Contains("offline has no such package"));
    }

    [Test]
    public void FetchAsync_SourceThatIsNotThere_NamesIt()
    {
        Directory.Delete(Path.Combine(_folder, "feed"));
        Assert.That(() => FetchAsync(Source("models/net.onnx")), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("offline"));
    }

    [Test]
    public void FetchAsync_NoSuchFile_NamesIt()
    {
        Pack("My.Weights", "1.2.3");
        Assert.That(() => FetchAsync(Source("models/other.onnx")), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("'models/other.onnx'"));
        Assert.That(Directory.GetFiles(Path.GetDirectoryName(Destination)!), Is.Empty);
    }

    [Test]
    public void FetchAsync_PackageMappedToNoSource_SaysSo()
    {
        Pack("My.Weights", "1.2.3");
        File.WriteAllText(Path.Combine(_folder, "nuget.config"), Configuration("""<packageSourceMapping><clear /><packageSource key="offline"><package pattern="Other.*" /></packageSource></packageSourceMapping>"""));
        Assert.That(() => FetchAsync(Source("models/net.onnx")), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("no source is configured for it"));
    }

    [Test]
    public void FetchAsync_DamagedPackage_SaysSo()
    {
        Pack("My.Weights", "1.2.3");
        var package = Directory.GetFiles(Path.Combine(_folder, "feed")).Single();
        File.WriteAllBytes(package, File.ReadAllBytes(package)[..200]);
        Assert.That(() => FetchAsync(Source("models/net.onnx")), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("My.Weights"));
    }

    private static ModelSource Source(string file) => new() { Kind = ModelSourceKind.NuGet, Package = "My.Weights", Version = "1.2.3", Files = [file] };

    private static string Configuration(string more) => $"""
        <configuration>
          <config><add key="globalPackagesFolder" value="packages" /></config>
          <fallbackPackageFolders><clear /><add key="fallback" value="fallback" /></fallbackPackageFolders>
          <packageSources><clear /><add key="offline" value="feed" /></packageSources>
          {more}
        </configuration>
        """;

    private Task FetchAsync(ModelSource source) => NuGetFiles.FetchAsync(NuGetFeeds.For(_folder), source, Destination, "card.json", CancellationToken.None);

    private void Pack(string id, string version)
    {
        var net = Path.Combine(_folder, "net.onnx");
        File.WriteAllBytes(net, _weights);
        var builder = new PackageBuilder { Id = id, Version = NuGetVersion.Parse(version), Description = "Weights of a test." };
        builder.Authors.Add("tests");
        builder.Files.Add(new PhysicalPackageFile { SourcePath = net, TargetPath = "models/net.onnx" });
        builder.Files.Add(new PhysicalPackageFile { SourcePath = typeof(ModelCatalog).Assembly.Location, TargetPath = "lib/weights.dll" });
        using var package = File.Create(Path.Combine(_folder, "feed", $"{id}.{version}.nupkg"));
        builder.Save(package);
    }
}
