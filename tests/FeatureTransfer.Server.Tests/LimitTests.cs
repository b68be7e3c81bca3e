using System.Net;
using System.Net.Sockets;
using System.Text;
using NetVips;

namespace FeatureTransfer.Server.Tests;

/// <summary>What is too large, too much or too slow is refused, and the server goes on.</summary>
public class LimitTests
{
    private static ToyModels Models => Toys.All;
    private string _model = "";

    [OneTimeSetUp]
    public async Task Train() => _model = await Models.ImagesAsync();

    [Test]
    public async Task Predict_LongBody_Is413()
    {
        await using var server = await RunningServer.StartAsync(_model, new FeatureTransferServerOptions { MaxBodyBytes = 1000 });
        Assert.That(await AnsweredAsync(() => server.RefusalAsync("/predict", RunningServer.Body(new byte[1001], "image/png"), 413)), Does.Contain("1000 bytes"));

        // It does not say how long it is.
        var status = await AnsweredAsync(async () =>
        {
            using var chunked = new HttpRequestMessage(HttpMethod.Post, "/predict") { Content = new StreamContent(new Endless(3000)) { Headers = { { "Content-Type", "image/png" } } }, Headers = { TransferEncodingChunked = true } };
            using var response = await server.Client.SendAsync(chunked);
            return response.StatusCode;
        });
        Assert.That(status, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
        Assert.That(await server.IsReadyAsync(), Is.True);
    }

    // Kestrel closes a connection whose body is too long, and where bytes of it are on their way then, TCP may drop the answer before the client has read it.
    private static async Task<T> AnsweredAsync<T>(Func<Task<T>> send)
    {
        for (var again = 9; ; again--)
        {
            try
            {
                return await send();
            }
            catch (HttpRequestException) when (again > 0)
            {
                // Once more.
            }
        }
    }

    [Test]
    public async Task Predict_DecompressionBomb_IsRefusedByItsHeader()
    {
        await using var server = await RunningServer.StartAsync(_model, new FeatureTransferServerOptions { MaxPixels = 10_000_000 });
        using var black = Image.Black(6000, 6000, bands: 3);
        using var image = black.Copy(interpretation: Enums.Interpretation.Srgb);
        var bomb = image.PngsaveBuffer(compression: 9);
        Assert.That(bomb, Has.Length.LessThan(1 << 20));
        Assert.That(await server.RefusalAsync("/predict", RunningServer.Body(bomb, "image/png")), Does.Contain("too large: 6000 x 6000"));
        Assert.That((await server.PostAsync("/predict", RunningServer.Form(Models.Image(0)))).GetProperty("label").GetString(), Is.EqualTo("dark"));
    }

    [Test]
    public async Task Predict_ManyItems_Is413()
    {
        await using var server = await RunningServer.StartAsync(_model, new FeatureTransferServerOptions { MaxItems = 2 });
        using var rejected = new Measured("featuretransfer.server.rejected");
        Assert.That(await server.RefusalAsync("/predict", RunningServer.Form(Models.Image(0), Models.Image(1), Models.Image(2)), 413), Does.Contain("At most 2"));
        Assert.That(rejected.Tags, Is.EqualTo(new[] { "[reason, too large]" }));
        Assert.That(await server.RefusalAsync("/predict", RunningServer.Body("""["", "", ""]"""), 413), Does.Contain("At most 2"));
        Assert.That((await server.PostAsync("/predict", RunningServer.Form(Models.Image(0), Models.Image(1)))).GetArrayLength(), Is.EqualTo(2));
    }

    [Test]
    public async Task Predict_FullQueue_Is429WithRetryAfter()
    {
        await using var server = await RunningServer.StartAsync(_model, new FeatureTransferServerOptions { MaxItems = 4, MaxQueuedItems = 4, MaxBatchSize = 1, ConcurrentBatches = 1 });
        var four = Enumerable.Range(0, 4).Select(Models.Image).ToArray();
        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => server.Client.PostAsync("/predict", RunningServer.Form(four))));
        var refused = answers.Where(answer => answer.StatusCode == HttpStatusCode.TooManyRequests).ToList();
        Assert.That(answers.Select(answer => answer.StatusCode).Distinct(), Is.SubsetOf(new[] { HttpStatusCode.OK, HttpStatusCode.TooManyRequests }));
        Assert.That(refused, Is.Not.Empty.And.Count.LessThan(60));
        Assert.That(await refused[0].Content.ReadAsStringAsync(), Does.Contain("4 items wait already, or too few places are left."));
        Assert.That(refused.Select(answer => answer.Headers.RetryAfter?.Delta), Is.All.GreaterThanOrEqualTo(TimeSpan.FromSeconds(1)));
        Assert.That(refused.Select(answer => answer.Content.Headers.ContentType?.MediaType), Is.All.EqualTo("application/problem+json"));
        Assert.That((await server.PostAsync("/predict", RunningServer.Form(Models.Image(19)))).GetProperty("label").GetString(), Is.EqualTo("light"), "later there is room again");
    }

    [Test]
    public async Task Predict_ManyRequestsAtATime_AreRefusedByTheRateLimiter()
    {
        await using var server = await RunningServer.StartAsync(_model, new FeatureTransferServerOptions { MaxConcurrentRequests = 1 });
        using var slow = await SlowAsync(server);
        var answer = await server.Client.PostAsync("/predict", RunningServer.Form(Models.Image(0)));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.That(answer.Headers.RetryAfter?.Delta, Is.EqualTo(TimeSpan.FromSeconds(1)));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("1 requests are being answered already."));
        Assert.That(await server.IsReadyAsync(), Is.True, "whoever asks for health is not counted");
    }

    [Test]
    public async Task Predict_BodiesInFlight_AreBounded()
    {
        await using var server = await RunningServer.StartAsync(_model, new FeatureTransferServerOptions { MaxBodyBytes = 5000, MaxBytesInFlight = 5500 });
        using (await SlowAsync(server))
        {
            using var answer = await server.Client.PostAsync("/predict", RunningServer.Body(new byte[600], "image/png"));
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
            Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("fill the 5500 bytes"));
        }

        while ((await server.Client.PostAsync("/predict", RunningServer.Body(new byte[600], "image/png"))).StatusCode != HttpStatusCode.BadRequest)
            await Task.Delay(10);
    }

    [Test]
    public async Task Predict_SlowBody_EndsWithTheTimeOut()
    {
        await using var server = await RunningServer.StartAsync(_model, new FeatureTransferServerOptions { RequestTimeout = TimeSpan.FromMilliseconds(300) });
        using var slow = await SlowAsync(server);
        using var reader = new StreamReader(slow.GetStream());
        Assert.That(await reader.ReadLineAsync(), Does.Contain("503"));
        Assert.That(await server.IsReadyAsync(), Is.True);
    }

    [Test, CancelAfter(60_000)]
    public async Task Predict_BodyThatEndsTooEarly_IsCounted(CancellationToken stop)
    {
        await using var server = await RunningServer.StartAsync(_model);
        using var rejected = new Measured("featuretransfer.server.rejected");
        (await SlowAsync(server)).Dispose();
        while (rejected.Values.Count == 0)
            await Task.Delay(5, stop);

        // Kestrel fails the body and aborts the request, in any order.
        Assert.That(rejected.Tags.Single(), Is.AnyOf("[reason, http]", "[reason, gone]"));
    }

    [TestCase("MaxItems")]
    [TestCase("MaxBatchSize")]
    [TestCase("MaxBodyBytes")]
    [TestCase("RequestTimeout")]
    public void Create_LimitThatCannotBeMet_SaysWhich(string name)
    {
        var wrong = name switch
        {
            "MaxItems" => new FeatureTransferServerOptions { MaxItems = 300 },
            "MaxBatchSize" => new FeatureTransferServerOptions { MaxBatchSize = 0 },
            "MaxBodyBytes" => new FeatureTransferServerOptions { MaxBodyBytes = 1 << 30 },
            _ => new FeatureTransferServerOptions { RequestTimeout = TimeSpan.Zero },
        };
        Assert.That(() => ModelServer.Create(_model, new ModelServerOptions { Server = wrong }), Throws.TypeOf<FeatureTransferException>().With.Message.Contains(name == "RequestTimeout" ? "time-out" : name));
    }

    /// <summary>A connection whose request has a body of which one byte has come and that the server is reading; what is returned goes on holding it back.</summary>
    private static async Task<TcpClient> SlowAsync(RunningServer server)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, server.Client.BaseAddress!.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes("POST /predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\nContent-Length: 5000\r\nExpect: 100-continue\r\n\r\n"));

        // It says so once it reads the body.
        var goOn = new byte["HTTP/1.1 100 Continue\r\n\r\n".Length];
        await client.GetStream().ReadExactlyAsync(goOn);
        Assert.That(Encoding.ASCII.GetString(goOn), Does.StartWith("HTTP/1.1 100"));
        await client.GetStream().WriteAsync("x"u8.ToArray());
        return client;
    }

    private sealed class Endless(long length) : Stream
    {
        private long _left = length;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = (int)Math.Min(_left, Math.Min(count, 500));
            _left -= read;
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
