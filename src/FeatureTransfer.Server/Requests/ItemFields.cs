using FeatureTransfer.Inputs;
using FeatureTransfer.Inputs.Images;
using FeatureTransfer.Pipelines.Bundles;

namespace FeatureTransfer.Server.Requests;

/// <summary>The members that an item of a model has, and how they become what the model is asked about.</summary>
internal sealed class ItemFields
{
    private const string TextName = "text";
    private readonly HashSet<string> _names;

    public ItemFields(ItemColumns columns)
    {
        Columns = columns;
        var names = columns.Texts.Concat(columns.Numbers).ToHashSet(StringComparer.Ordinal);
        var content = columns.Content == Modality.Audio ? "audio" : "image";
        ContentName = columns.Content is null ? null : names.Contains(content) ? "file" : content;
        Single = (ContentName, columns.Texts, columns.Numbers) switch
        {
            ({ } only, [], []) => only,
            (null, [var only], []) => only,
            _ => null,
        };
        _names = ContentName is null ? names : [.. names, ContentName];
    }

    /// <summary>What the model reads.</summary>
    public ItemColumns Columns { get; }

    /// <summary>The member with the encoded file; null where the model reads none.</summary>
    public string? ContentName { get; }

    /// <summary>The member that is all of an item; null where there are several, or it is a number.</summary>
    public string? Single { get; }

    /// <summary>Whether a file is all of an item.</summary>
    public bool IsContentAlone => Single is not null && Single == ContentName;

    /// <summary>Whether a text is all of an item.</summary>
    public bool IsTextAlone => Single is not null && Single != ContentName;

    /// <summary>The members, for messages.</summary>
    public string Names => string.Join(", ", _names);

    /// <summary>The name by which the model knows a member; a model of texts calls its only one also <c>text</c>.</summary>
    /// <exception cref="RefusedException">There is no such member.</exception>
    public string Known(string name) =>
        _names.Contains(name) ? name
        : name == TextName && IsTextAlone ? Single!
        : throw RefusedException.Malformed($"There is no member \"{name}\".{NearestName.Hint(name, _names)} An item has: {Names}.");

    /// <summary>An item of its values.</summary>
    /// <param name="name">What the request calls it.</param>
    /// <param name="content">The encoded file, where the model reads one.</param>
    /// <param name="text">The text of a column; null where it is not there.</param>
    /// <param name="number">The number of a column; null where it is not there.</param>
    /// <param name="maxPixels">The most pixels of an image.</param>
    /// <exception cref="RefusedException">A member is missing.</exception>
    public RequestItem Make(string? name, ReadOnlyMemory<byte>? content, Func<string, string?> text, Func<string, float?> number, long maxPixels)
    {
        if (ContentName is not null && content is null)
            throw Missing(ContentName);
        string[] texts = [.. Columns.Texts.Select(column => text(column) ?? throw Missing(column))];
        float[] numbers = [.. Columns.Numbers.Select(column => number(column) ?? (Columns.MayMissNumbers ? float.NaN : throw Missing(column)))];
        var error = Columns.Content == Modality.Image ? Fault(content!.Value, maxPixels) : null;
        return new RequestItem(name, error is null ? new BundleItem(content, [.. texts], numbers) : null, error);
    }

    private static string? Fault(ReadOnlyMemory<byte> image, long maxPixels)
    {
        try
        {
            ImageHeader.CheckPixels(image.Span, maxPixels, null);
            return null;
        }
        catch (BadInputException exception)
        {
            return exception.Reason;
        }
    }

    private RefusedException Missing(string name) => RefusedException.Malformed($"The member \"{name}\" is missing. An item has: {Names}.");
}
