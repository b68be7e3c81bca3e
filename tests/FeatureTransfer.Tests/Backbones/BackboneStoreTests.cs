using System.Net;
using System.Security.Cryptography;
using FeatureTransfer.Backbones;

namespace FeatureTransfer.Tests.Backbones;

public class BackboneStoreTests
{
    private static readonly byte[] _model = SmallModels.Convolution().ToBytes();
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("ft-store-").FullName;

    [TearDown]
    public void DropFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task PullAsync_Url_GivesTheFileUnderItsFinalName()
    {
        using var server = new FileServer(_model);
        var store = new BackboneStore(_folder);
        var card = Card(server.Address, Hash(_model));
        Assert.That(store.IsLocal(card), Is.False);
        var backbone = await store.PullAsync(card);
        Assert.That(await File.ReadAllBytesAsync(backbone.OnnxPath), Is.EqualTo(_model));
        Assert.That(Directory.GetFiles(_folder), Is.EqualTo(new[] { backbone.OnnxPath }));
        Assert.That(store.IsLocal(card), Is.True);
    }

    [Test]
    public async Task Check_FileOfTheStore_IsComparedWithTheCard()
    {
        using var server = new FileServer(_model);
        var store = new BackboneStore(_folder);
        var card = Card(server.Address, Hash(_model));
        Assert.That(store.Check(card), Is.EqualTo(StoredFile.Missing));
        var backbone = await store.PullAsync(card);
        Assert.That(store.Check(card), Is.EqualTo(StoredFile.Matches));
        await File.AppendAllTextAsync(backbone.OnnxPath, "x");
        Assert.That(store.Check(card), Is.EqualTo(StoredFile.Differs));
        Assert.That(store.Check(new ModelCard { Id = "net.mine", Source = new ModelSource { Kind = ModelSourceKind.Path, Path = backbone.OnnxPath } }), Is.EqualTo(StoredFile.Unchecked));
    }

    [Test]
    public async Task PullAsync_StoredFileThatChanged_IsRefused()
    {
        using var server = new FileServer(_model);
        var store = new BackboneStore(_folder);
        var card = Card(server.Address, Hash(_model));
        var backbone = await store.PullAsync(card);
        SmallModels.Colours().Save(backbone.OnnxPath);
        Assert.That(() => store.PullAsync(card), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("not the ones the card describes").And.Message.Contains(backbone.OnnxPath).And.Message.Contains("Remove them"));
    }

    [Test]
    public void Open_ModelThatWasMadeHere_IsCheckedAgainstItsNote()
    {
        var store = new BackboneStore(_folder);
        var card = new ModelCard { Id = "raw.here", Source = new ModelSource { Kind = ModelSourceKind.BuiltIn }, Preprocessing = new() { Height = 2, Width = 2 } };
        var path = store.Open(card).OnnxPath;
        Assert.That(store.Check(card), Is.EqualTo(StoredFile.Matches));
        var bytes = File.ReadAllBytes(path);
        bytes[^3] ^= 1;
        File.WriteAllBytes(path, bytes);
        Assert.That(store.Check(card), Is.EqualTo(StoredFile.Differs));
        Assert.That(() => store.Open(card), Throws.TypeOf<FeatureTransferException>().With.Message.Contains(path));
        File.Delete(path + ".sha256");
        Assert.That(store.IsLocal(card), Is.False, "without its note it is as good as none");
        Assert.That(() => store.Open(card), Throws.Nothing);
    }

    [Test]
    public async Task PullAsync_PartIsThere_FetchesTheRestOnly()
    {
        using var server = new FileServer(_model);
        var card = Card(server.Address, Hash(_model));
        await File.WriteAllBytesAsync(Path.Combine(_folder, $"net.mine-{Hash(_model)[..12]}.onnx.part"), _model[..100]);
        var backbone = await new BackboneStore(_folder).PullAsync(card);
        Assert.That(await File.ReadAllBytesAsync(backbone.OnnxPath), Is.EqualTo(_model));
        Assert.That(server.Ranges, Is.EqualTo(new[] { "bytes=100-" }));
    }

    [Test]
    public async Task PullAsync_ManyAtOnce_FetchOnce()
    {
        using var server = new FileServer(_model);
        var card = Card(server.Address, Hash(_model));
        var backbones = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => new BackboneStore(_folder).PullAsync(card))));
        Assert.That(server.Requests, Is.EqualTo(1));
        Assert.That(backbones.Select(backbone => backbone.Sha256), Is.All.EqualTo(Hash(_model)));
        Assert.That(Directory.GetFiles(_folder), Is.EqualTo(new[] { backbones[0].OnnxPath }), "no lock, no part");
    }

    [Test]
    public async Task PullAsync_Progress_EndsAtTheSize()
    {
        using var server = new FileServer(_model);
        var told = new Told();
        await new BackboneStore(_folder).PullAsync(Card(server.Address, Hash(_model)), told);
        Assert.That(told.Last, Is.EqualTo(new WorkProgress("Fetching net.mine", _model.Length, _model.Length)));
    }

    [Test]
    public void PullAsync_FileInThePlaceOfTheFolder_NamesTheWayOut()
    {
        var file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "");
        Assert.That(
            () => new BackboneStore(Path.Combine(file, "models")).PullAsync(Card("http://127.0.0.1:1/net.onnx", Hash(_model))),
            Throws.TypeOf<FeatureTransferException>().With.Message.Contains("FT_HOME"));
    }

    [Test]
    public void Open_PathWithoutFile_NamesCardAndFile()
    {
        var card = new ModelCard { Id = "net.mine", Source = new ModelSource { Kind = ModelSourceKind.Path, Path = "absent.onnx" }, Origin = Path.Combine(_folder, "card.json") };
        Assert.That(new BackboneStore(_folder).IsLocal(card), Is.False);
        Assert.That(() => new BackboneStore(_folder).Open(card), Throws.TypeOf<FeatureTransferException>().With.Message.Contains(card.Origin).And.Message.Contains(Path.Combine(_folder, "absent.onnx")));
    }

    [Test]
    public void PullAsync_WrongHash_NamesBothAndLeavesNothing()
    {
        using var server = new FileServer(_model);
        var wrong = new string('a', 64);
        Assert.That(
            () => new BackboneStore(_folder).PullAsync(Card(server.Address, wrong)),
            Throws.TypeOf<FeatureTransferException>().With.Message.Contains(wrong).And.Message.Contains(Hash(_model)));
        Assert.That(Directory.GetFiles(_folder), Is.Empty);
    }

    [Test]
    public void PullAsync_NobodyAnswers_NamesTheAddress() => Assert.That(
        () => new BackboneStore(_folder).PullAsync(Card("http://127.0.0.1:1/net.onnx", Hash(_model))),
        Throws.TypeOf<FeatureTransferException>().With.Message.Contains("http://127.0.0.1:1/net.onnx"));

    [Test]
    public void Open_PathWithAnotherHash_Throws()
    {
        var path = Path.Combine(_folder, "net.onnx");
        File.WriteAllBytes(path, _model);
        var card = new ModelCard { Id = "net.mine", Sha256 = new string('b', 64), Source = new ModelSource { Kind = ModelSourceKind.Path, Path = path } };
        Assert.That(() => new BackboneStore(_folder).Open(card), Throws.TypeOf<FeatureTransferException>().With.Message.Contains(Hash(_model)));
    }


    private static ModelCard Card(string url, string hash) =>
        new() { Id = "net.mine", Sha256 = hash, Source = new ModelSource { Kind = ModelSourceKind.Url, Url = url }, Origin = "card.json" };

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private sealed class Told : IProgress<WorkProgress>
    {
        public WorkProgress Last { get; private set; }

        public void Report(WorkProgress value) => Last = value;
    }

    /// <summary>Serves one file, ranges too, and notes which were asked for.</summary>
    private sealed class FileServer : IDisposable
    {
        private readonly HttpListener _listener = new();
        private readonly byte[] _content;

        public FileServer(byte[] content)
        {
            _content = content;
            using (var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0))
            {
                probe.Start();
                Address = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/";
            }

            _listener.Prefixes.Add(Address);
            _listener.Start();
            _ = ServeAsync();
        }

        public string Address { get; }

        public List<string> Ranges { get; } = [];

        public int Requests { get; private set; }

        public void Dispose() => _listener.Close();

        private async Task ServeAsync()
        {
            while (_listener.IsListening)
            {
                HttpListenerContext context;
                try
                {
                    context = await _listener.GetContextAsync();
                }
                catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
                {
                    return;
                }

                Requests++;
                var start = 0;
                if (context.Request.Headers["Range"] is { } range)
                {
                    Ranges.Add(range);
                    start = int.Parse(range["bytes=".Length..^1], System.Globalization.CultureInfo.InvariantCulture);
                    context.Response.StatusCode = 206;
                }

                context.Response.ContentLength64 = _content.Length - start;
                await context.Response.OutputStream.WriteAsync(_content.AsMemory(start));
                context.Response.Close();
            }
        }
    }
}
