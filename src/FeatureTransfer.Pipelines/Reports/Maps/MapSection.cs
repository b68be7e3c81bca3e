using System.Text;
using System.Text.Json;

namespace FeatureTransfer.Pipelines.Reports;

/// <summary>The judged rows laid out by their features, drawn by <see cref="MapScript"/>; a table says the same in numbers.</summary>
internal static class MapSection
{
    // As many labels as have a colour of their own.
    private const int Colours = 10;

    public static string Render(RunResult result)
    {
        if (result is not { Map: { } map, Test.Predictions: { Count: > 0 } rows })
            return "";
        var points = map.Points.Select(point => (Point: point, Row: rows[point.Row])).ToList();
        List<string> labels = [.. points.CountBy(point => point.Row.Label).OrderByDescending(label => label.Value).ThenBy(label => label.Key, StringComparer.Ordinal).Select(label => label.Key)];
        var names = labels.Union(points.Select(point => point.Row.Predicted), StringComparer.Ordinal).ToList();
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"<section id=\"map\"><h2>Map of the features</h2><p class=\"soft\">{Facts(map, rows.Count)}</p>");
        html.Append(CultureInfo.InvariantCulture, $"<div class=\"map\"><canvas tabindex=\"0\" role=\"img\" aria-label=\"Held-out rows by their features; the arrow keys go from row to row, and the table below says how well labels lie apart\"></canvas><output></output></div><div class=\"legend\">{string.Concat(labels.Take(Colours).Select(Button))}{(labels.Count > Colours ? $"<span class=\"soft\">grey: {labels.Count - Colours} other labels</span>" : "")}</div>");
        Summary(html, points, labels);
        html.Append(CultureInfo.InvariantCulture, $"<script type=\"application/json\">{Data(points, names, MapThumbnails.Of(result, [.. points.Select(point => point.Row)]))}</script><script>{MapScript.Text}</script>");
        return html.Append("</section>").ToString();
    }

    private static string Facts(FeatureMap map, int rows) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(map.Points.Count == rows ? "The" : $"{map.Points.Count:N0} of the")} {rows:N0} held-out rows in the plane of the first two principal components of what the trainer sees, which keeps {Html.Percent(map.Share)} of the variance: rows that lie together here may be apart in what it leaves out. A cross is a mistake.");

    private static string Button(string label, int place) => string.Create(CultureInfo.InvariantCulture, $"<button aria-pressed=\"false\" value=\"{place}\"><i></i>{Html.Text(label)}</button>");

    private static void Summary(StringBuilder html, List<(MapPoint Point, PredictionRow Row)> points, List<string> labels)
    {
        var near = Nearest(points).Zip(points).ToLookup(pair => pair.Second.Row.Label, pair => pair.First);
        html.Append("<details><summary>The map in numbers</summary>");
        LongTable.Append(html, "<th>Label</th><th>Rows</th><th>Nearest row on the map has the label</th>", [.. labels.Select(label => string.Create(CultureInfo.InvariantCulture, $"<td>{Html.Text(label)}</td><td>{near[label].Count()}</td><td>{Html.Percent(near[label].Average(other => other == label ? 1.0 : 0))}</td>"))]);
        html.Append("</details>");
    }

    private static IEnumerable<string> Nearest(List<(MapPoint Point, PredictionRow Row)> points) =>
        points.Select((one, i) => points.Where((_, other) => other != i).MinBy(other => Math.Pow(other.Point.X - one.Point.X, 2) + Math.Pow(other.Point.Y - one.Point.Y, 2)).Row.Label);

    // The serializer escapes all that HTML could take for a tag.
    private static string Data(List<(MapPoint Point, PredictionRow Row)> points, List<string> names, string[] thumbnails)
    {
        var places = names.Index().ToDictionary(name => name.Item, name => name.Index, StringComparer.Ordinal);
        return JsonSerializer.Serialize(new
        {
            labels = names,
            points = points.Select((point, i) => new object[] { Math.Round(point.Point.X, 3), Math.Round(point.Point.Y, 3), places[point.Row.Label], places[point.Row.Predicted], Path.GetFileName(point.Row.Input), thumbnails[i] }),
        });
    }
}
