using FeatureTransfer.Studio.Session;

namespace FeatureTransfer.Studio.Components;

/// <summary>What the page says of rows.</summary>
internal static class Words
{
    /// <summary>A number of things.</summary>
    public static string Count(int count, string thing) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {thing}{(count == 1 ? "" : "s")}");

    /// <summary>A share.</summary>
    public static string Percent(double share) => share.ToString("0%", CultureInfo.InvariantCulture);

    /// <summary>A row's label.</summary>
    public static string Label(StudioState state, int row) => state.Labels[row] is { } label ? $"labelled {label}" : "no label";

    /// <summary>What a model says that has not learned from the row; empty where there is none.</summary>
    public static string Answer(StudioState state, int row) =>
        state.Unreadable.TryGetValue(row, out var reason) ? $"cannot be read: {reason}"
        : state.Result?.Answer(row) is { } answer ? $"model: {answer}, {Percent(state.Result.Confidence(row))}"
        : "";

    /// <summary>What a backbone is called: its id, or of a file the name.</summary>
    public static string Backbone(string backbone) => Path.IsPathRooted(backbone) ? Path.GetFileNameWithoutExtension(backbone) : backbone;

    /// <summary>What filters are called.</summary>
    public static string Filter(RowFilter filter) => filter switch
    {
        RowFilter.Next => "Label next",
        RowFilter.Doubtful => "Doubtful labels",
        RowFilter.Unreadable => "Unreadable files",
        _ => filter.ToString(),
    };
}
