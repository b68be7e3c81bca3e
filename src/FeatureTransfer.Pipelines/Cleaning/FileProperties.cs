using FeatureTransfer.Pipelines.Data;
using NetVips;

namespace FeatureTransfer.Pipelines.Cleaning;

/// <summary>What can be told of a file without looking at what it shows.</summary>
internal static class FileProperties
{
    /// <summary>Properties by name, each with a value a row; those that all rows have alike are left out.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Of(Table table, CancellationToken cancellationToken)
    {
        if (table.Text(DataSource.PathColumn) is not { } paths)
            return new Dictionary<string, IReadOnlyList<string>>();
        var images = paths.AsParallel().AsOrdered().WithCancellation(cancellationToken).Select(Header).ToList();
        var all = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
        {
            ["ending"] = [.. paths.Select(path => Path.GetExtension(path).ToLowerInvariant())],
            ["beginning of the name"] = [.. paths.Select(path => Beginning(Path.GetFileNameWithoutExtension(path)))],
            ["size"] = images.ConvertAll(image => image.Size),
            ["channels"] = images.ConvertAll(image => image.Channels),
            ["resolution"] = images.ConvertAll(image => image.Resolution),
        };
        return all.Where(property => property.Value.Distinct(StringComparer.Ordinal).Skip(1).Any()).ToDictionary(StringComparer.Ordinal);
    }

    // What a camera or a site puts before the number.
    private static string Beginning(string name) => new([.. name.TakeWhile(letter => !char.IsAsciiDigit(letter))]);

    private static (string Size, string Channels, string Resolution) Header(string path)
    {
        try
        {
            using var image = Image.NewFromFile(path, access: Enums.Access.Sequential);
            return (Text($"{image.Width} x {image.Height}"), Text($"{image.Bands}"), Text($"{image.Xres:0.##}"));
        }
        catch (Exception exception) when (exception is VipsException or IOException)
        {
            return ("", "", "");
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
