using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace FeatureTransfer.Server.Requests;

/// <summary>Reads the items of a request, whatever form they come in.</summary>
internal static class RequestReader
{
    private static readonly UTF8Encoding _utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The items.</summary>
    /// <param name="request">Tells what the body is.</param>
    /// <param name="body">The body.</param>
    /// <param name="fields">What an item has.</param>
    /// <param name="options">The limits.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="RefusedException">The request cannot be answered.</exception>
    public static async Task<RequestItems> ReadAsync(HttpRequest request, ReadOnlyMemory<byte> body, ItemFields fields, FeatureTransferServerOptions options, CancellationToken cancellationToken)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type))
            throw Unsupported("There is no Content-Type", fields);
        if (type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase) || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase))
            return new JsonItems(fields, options).Read(body);
        if (type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
            return await new FormItems(fields, options).ReadAsync(body, type, cancellationToken).ConfigureAwait(false);
        if (fields.IsContentAlone && IsFile(type))
            return One(fields.Make(null, body, _ => null, _ => null, options.MaxPixels));
        if (fields.IsTextAlone && type.MediaType.Equals("text/plain", StringComparison.OrdinalIgnoreCase))
            return One(fields.Make(null, null, _ => Text(body), _ => null, options.MaxPixels));
        throw Unsupported($"The Content-Type is {type.MediaType}", fields);
    }

    private static bool IsFile(MediaTypeHeaderValue type) =>
        type.Type.Equals("image", StringComparison.OrdinalIgnoreCase) || type.Type.Equals("audio", StringComparison.OrdinalIgnoreCase) || type.MediaType.Equals("application/octet-stream", StringComparison.OrdinalIgnoreCase);

    private static RequestItems One(RequestItem item) => new([item], IsList: false);

    private static string Text(ReadOnlyMemory<byte> body)
    {
        try
        {
            return _utf8.GetString(body.Span);
        }
        catch (DecoderFallbackException)
        {
            throw RefusedException.Malformed("The text is no UTF-8.");
        }
    }

    private static RefusedException Unsupported(string what, ItemFields fields)
    {
        var alone = fields.IsContentAlone ? ", or the file itself as image/*, audio/* or application/octet-stream" : fields.IsTextAlone ? ", or the text itself as text/plain" : "";
        return new RefusedException(415, $"{what}. Expected application/json, or multipart/form-data{alone}. An item has: {fields.Names}.", "media type");
    }
}
