using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using FeatureTransfer.Cli;

namespace FeatureTransfer.Benchmarks.Serving;

/// <summary>ft serve as a process of its own, with a client.</summary>
internal sealed class ServedProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ServedProcess(Process process, Uri address)
    {
        _process = process;
        Client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 256 }) { BaseAddress = address };
    }

    public HttpClient Client { get; }

    /// <summary>The memory that is resident, in bytes.</summary>
    public long Resident
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    public static async Task<ServedProcess> StartAsync(string model, params string[] options)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(FtApp).Assembly.Location, "serve", model, "--port", "0", "--json", .. options]) { RedirectStandardOutput = true, RedirectStandardError = true };
        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("ft serve ended.");
        return new ServedProcess(process, new Uri(JsonDocument.Parse(line).RootElement.GetProperty("urls")[0].GetString()!));
    }

    /// <summary>Asks about an image; anything but an answer is an error.</summary>
    public async Task<string> PredictAsync(byte[] image)
    {
        using var body = new ByteArrayContent(image) { Headers = { ContentType = MediaTypeHeaderValue.Parse("image/png") } };
        using var answer = await Client.PostAsync("/predict", body);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? text : throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{(int)answer.StatusCode}: {text}"));
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
