using FeatureTransfer.Inputs;

namespace FeatureTransfer.Extraction.Flow;

/// <summary>A window and the row that its features go to.</summary>
internal readonly record struct WindowPlace(Window Window, WindowRow Row);

/// <summary>Puts windows of like length together, so that little of a run is filling.</summary>
internal static class WindowBatches
{
    /// <summary>The batches of a block, the longest windows first: the last runs are short, and no core waits long for another.</summary>
    public static IReadOnlyList<IReadOnlyList<WindowPlace>> Of<T>(WindowBlock<T> block, int batchSize, int runLength)
    {
        var places = block.Rows.Where(ticket => ticket.Row is not null)
            .SelectMany(ticket => ticket.Row!.Windows.Select(window => new WindowPlace(window, ticket.Row)))
            .OrderByDescending(place => place.Window.Length)
            .ToList();
        var batches = new List<IReadOnlyList<WindowPlace>>();
        for (var first = 0; first < places.Count; first += batches[^1].Count)
            batches.Add(places.GetRange(first, Math.Min(places.Count - first, Math.Clamp(runLength / Math.Max(1, places[first].Window.Length), 1, batchSize))));
        return batches;
    }
}
