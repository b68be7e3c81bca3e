using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace FeatureTransfer.Server.Requests;

/// <summary>Reads bodies into memory, within the limits of one and of all together.</summary>
internal sealed class BodyReader(FeatureTransferServerOptions options)
{
    private const int FirstBuffer = 128 << 10;
    private const int Piece = 16 << 10;
    private long _inFlight;

    /// <summary>Keeps room for a body, until what is returned is disposed.</summary>
    /// <exception cref="RefusedException">It is longer than allowed, or there is no room now.</exception>
    public Room Reserve(HttpRequest request)
    {
        if (request.ContentLength > options.MaxBodyBytes)
            throw Limits.Body(options);

        // A body that does not say how long it is may be as long as any.
        var bytes = request.ContentLength ?? options.MaxBodyBytes;
        var room = new Room(this, bytes);
        if (Interlocked.Add(ref _inFlight, bytes) <= options.MaxBytesInFlight)
            return room;
        room.Dispose();
        throw RefusedException.Busy($"The bodies of the requests in flight fill the {options.MaxBytesInFlight} bytes that are set aside for them.", 1);
    }

    /// <summary>The body; memory grows with what has come, not with what was announced.</summary>
    /// <exception cref="RefusedException">It is longer than allowed.</exception>
    public async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = options.MaxBodyBytes;
        var body = new ArrayBufferWriter<byte>((int)Math.Clamp(request.ContentLength ?? 0, 1, FirstBuffer));
        while (await request.Body.ReadAsync(body.GetMemory(Piece), cancellationToken).ConfigureAwait(false) is > 0 and var read)
        {
            body.Advance(read);
            if (body.WrittenCount > options.MaxBodyBytes)
                throw Limits.Body(options);
        }

        return body.WrittenMemory;
    }

    /// <summary>Room that is kept for a body.</summary>
    internal readonly struct Room(BodyReader reader, long bytes) : IDisposable
    {
        public void Dispose() => Interlocked.Add(ref reader._inFlight, -bytes);
    }
}
