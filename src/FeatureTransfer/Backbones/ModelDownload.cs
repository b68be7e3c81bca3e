using System.Net;
using System.Net.Http.Headers;

namespace FeatureTransfer.Backbones;

/// <summary>Downloads a file in parts: what is there already is not fetched again.</summary>
internal static class ModelDownload
{
    private static readonly TimeSpan _connecting = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan _silence = TimeSpan.FromSeconds(60);

    /// <summary>Fetches an address to a file, going on where the file ends.</summary>
    /// <exception cref="FeatureTransferException">The address cannot be fetched; the part that came is kept.</exception>
    public static async Task FetchAsync(Uri address, string part, ModelCard card, IProgress<WorkProgress>? progress, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(part)!);
        try
        {
            using var client = new HttpClient(new SocketsHttpHandler { ConnectTimeout = _connecting }) { Timeout = Timeout.InfiniteTimeSpan };
            using var response = await AskAsync(client, address, part, cancellationToken).ConfigureAwait(false);
            if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
                return;
            response.EnsureSuccessStatusCode();
            await CopyAsync(response, part, card, progress, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new FeatureTransferException($"{card.Origin}: the weights of '{card.Id}' could not be fetched from {address}. {Cause(exception)} What came so far is kept; try again, or put the file on disk and use a source of kind 'path'.", exception);
        }
    }

    private static string Cause(Exception exception) => exception switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError } => $"There seems to be no network ({exception.Message})",
        OperationCanceledException => "The server stopped answering.",
        _ => exception.Message,
    };

    private static Task<HttpResponseMessage> AskAsync(HttpClient client, Uri address, string part, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (File.Exists(part) && new FileInfo(part).Length is > 0 and var length)
            request.Headers.Range = new RangeHeaderValue(length, null);
        return client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    private static async Task CopyAsync(HttpResponseMessage response, string part, ModelCard card, IProgress<WorkProgress>? progress, CancellationToken cancellationToken)
    {
        var resumed = response.StatusCode == HttpStatusCode.PartialContent;
        await using var file = new FileStream(part, resumed ? FileMode.Append : FileMode.Create, FileAccess.Write, FileShare.None);
        var total = response.Content.Headers.ContentLength is { } length ? length + file.Length : (long?)null;
        await using var content = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var buffer = new byte[1 << 16];
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        int read;
        while ((read = await ReadAsync(content, buffer, patience).ConfigureAwait(false)) > 0)
        {
            await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            progress?.Report(new WorkProgress($"Fetching {card.Id}", file.Length, total));
        }
    }

    // A connection that died without a word would wait for ever.
    private static ValueTask<int> ReadAsync(Stream content, byte[] buffer, CancellationTokenSource patience)
    {
        patience.CancelAfter(_silence);
        return content.ReadAsync(buffer, patience.Token);
    }
}
