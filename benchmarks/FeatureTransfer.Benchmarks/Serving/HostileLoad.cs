using System.Net.Sockets;
using System.Text;

namespace FeatureTransfer.Benchmarks.Serving;

/// <summary>Thousands of requests that are malformed, too large, cut short or slow, with the server's memory before and after each quarter.</summary>
internal static class HostileLoad
{
    private const int AtOnce = 32, Quarters = 4;
    private const string Head = "POST /predict HTTP/1.1\r\nHost: localhost\r\n";

    public static async Task<bool> RunAsync(string model, byte[] image, int count)
    {
        await using var server = await ServedProcess.StartAsync(model, "--max-body-mb", "1", "--timeout", "2");
        var expected = await server.PredictAsync(image);
        var attacks = Attacks(image);
        await AttackAsync(server, attacks, Math.Min(count, 1000));
        var memory = new List<long> { server.Resident };
        for (var quarter = 0; quarter < Quarters; quarter++)
        {
            await AttackAsync(server, attacks, count / Quarters);
            memory.Add(server.Resident);
        }

        using var health = await server.Client.GetAsync("/health/ready");
        var isWell = health.IsSuccessStatusCode && await server.PredictAsync(image) == expected;
        ServingLoad.Print($"{count} hostile requests: {(isWell ? "healthy, and answers as before" : "NOT healthy")}; memory before and after each quarter {string.Join(' ', memory.Select(bytes => bytes / 1_000_000))} MB");
        return isWell & ServingLoad.Verdict("memory after / before", (double)memory[^1] / memory[0], 1.1, above: false);
    }

    private static Task AttackAsync(ServedProcess server, IReadOnlyList<byte[]> attacks, int count) =>
        Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (number, _) =>
        {
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync("127.0.0.1", server.Client.BaseAddress!.Port, CancellationToken.None);
                await client.GetStream().WriteAsync(attacks[number % attacks.Count], CancellationToken.None);

                // Every fiftieth waits for the server's patience to end, the others hang up soon.
                using var patience = new CancellationTokenSource(number % 50 == 0 ? TimeSpan.FromSeconds(3) : TimeSpan.FromMilliseconds(50));
                await client.GetStream().ReadExactlyAsync(new byte[12], patience.Token);
            }
            catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException)
            {
                // It hung up, or we did.
            }
        });

    private static List<byte[]> Attacks(byte[] image) =>
    [
        Request("application/json", "{\"image\": "u8), Request("application/json", "{\"image\":\"/etc/passwd\"}"u8), Request("application/json", Encoding.ASCII.GetBytes(new string('[', 100_000))),
        Request("image/png", image.AsSpan(0, image.Length / 2)), Request("image/png", new byte[2 << 20]), Request("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a\"\r\n\r\ncut"u8),
        Encoding.ASCII.GetBytes($"{Head}Content-Type: image/png\r\nContent-Length: 100000\r\n\r\nslow"), Encoding.ASCII.GetBytes($"{Head}Content-Type: image/png\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n"), Encoding.ASCII.GetBytes($"{Head}X: "), new byte[5000], Encoding.ASCII.GetBytes("GET /\0 HTTP/1.1\r\n\r\n"),
        Request("text/plain", "a"u8),
    ];

    private static byte[] Request(string type, ReadOnlySpan<byte> body) => [.. Encoding.ASCII.GetBytes($"{Head}Content-Type: {type}\r\nContent-Length: {body.Length}\r\n\r\n"), .. body];
}
