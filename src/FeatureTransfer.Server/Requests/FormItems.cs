using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace FeatureTransfer.Server.Requests;

/// <summary>Reads items of a form with files: each file is an item, or together with the form's fields the only one. Nothing is written to disk.</summary>
internal sealed class FormItems(ItemFields fields, FeatureTransferServerOptions options)
{
    private const int MaxSections = 256;
    private readonly List<(string? Name, ReadOnlyMemory<byte> Content)> _files = [];
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <summary>The items of a body.</summary>
    /// <exception cref="RefusedException">It is no such form, or has other members than an item.</exception>
    public async Task<RequestItems> ReadAsync(ReadOnlyMemory<byte> body, MediaTypeHeaderValue type, CancellationToken cancellationToken)
    {
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        if (string.IsNullOrEmpty(boundary) || boundary.Length > 70)
            throw RefusedException.Malformed("The Content-Type multipart/form-data has no boundary of 1 to 70 characters.");
        try
        {
            using var stream = new MemoryStream(body.ToArray(), writable: false);
            var reader = new MultipartReader(boundary, stream);
            for (var count = 0; await reader.ReadNextSectionAsync(cancellationToken).ConfigureAwait(false) is { } section; count++)
            {
                if (count == MaxSections)
                    throw RefusedException.TooLarge($"The form has more than {MaxSections} parts.");
                await AddAsync(section, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or ArgumentException or NotSupportedException)
        {
            // A name in UTF-7 is a NotSupportedException.
            throw RefusedException.Malformed($"The form cannot be read: {exception.Message}");
        }

        return Items();
    }

    private async Task AddAsync(MultipartSection section, CancellationToken cancellationToken)
    {
        if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition) || HeaderUtilities.RemoveQuotes(disposition.Name).Value is not { Length: > 0 } name)
            throw RefusedException.Malformed("A part of the form has no name: expected Content-Disposition: form-data; name=\"...\".");
        using var memory = new MemoryStream();
        await section.Body.CopyToAsync(memory, cancellationToken).ConfigureAwait(false);
        if (disposition.IsFileDisposition())
            _files.Add((FileName(disposition), memory.ToArray()));
        else if (name == fields.ContentName)
            throw RefusedException.Malformed($"The part \"{name}\" is a text. Expected a file; paths and addresses are not read.");
        else if (!_values.TryAdd(fields.Known(name), Encoding.UTF8.GetString(memory.GetBuffer(), 0, (int)memory.Length)))
            throw RefusedException.Malformed($"The part \"{name}\" is there twice.");
    }

    // A name for the answer and nothing else.
    private static string? FileName(ContentDispositionHeaderValue disposition) =>
        (disposition.FileNameStar.HasValue ? disposition.FileNameStar : HeaderUtilities.RemoveQuotes(disposition.FileName)).Value;

    private RequestItems Items()
    {
        if (_files.Count > 0 && fields.ContentName is null)
            throw RefusedException.Malformed($"The model reads no files. An item has: {fields.Names}.");
        if (_files.Count == 0 && fields.ContentName is not null)
            throw RefusedException.Malformed("The form holds no file. With curl: -F file=@photo.jpg");
        if (_files.Count > 1 && !fields.IsContentAlone)
            throw RefusedException.Malformed($"The form holds {_files.Count} files, and an item has: {fields.Names}. Send a form an item, or JSON with a list.");
        Limits.CheckCount(Math.Max(1, _files.Count), options);
        return _files.Count > 0
            ? new RequestItems([.. _files.Select(file => Make(file.Name, file.Content))], IsList: _files.Count > 1)
            : new RequestItems([Make(null, null)], IsList: false);
    }

    private RequestItem Make(string? name, ReadOnlyMemory<byte>? content) => fields.Make(name, content, _values.GetValueOrDefault, Number, options.MaxPixels);

    private float? Number(string name)
    {
        if (!_values.TryGetValue(name, out var text) || text.Length == 0)
            return null;
        return float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && float.IsFinite(number)
            ? number
            : throw RefusedException.Malformed($"The part \"{name}\" is no finite number, such as 0.5.");
    }
}
