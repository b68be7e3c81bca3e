using FeatureTransfer.Inputs.Text.Tokenizers;

namespace FeatureTransfer.Inputs.Text;

/// <summary>Puts special tokens around texts, and cuts those that are too long.</summary>
internal sealed class TokenWindows(SpecialTokens specials, int maxTokens, LongText longText, int overlap)
{
    /// <summary>The windows of a text.</summary>
    public IReadOnlyList<Window> Of(List<int> ids)
    {
        // A network that adds no tokens of its own still has to read one.
        if (ids.Count == 0 && specials.Start.Count + specials.End.Count == 0)
            return [new TokenWindow([specials.Pad], 1)];
        var room = Math.Max(1, maxTokens - specials.Start.Count - specials.End.Count);
        return [.. Parts(ids, room).Select(part => new TokenWindow([.. specials.Start, .. part, .. specials.End], specials.Start.Count + part.Count + specials.End.Count))];
    }

    /// <summary>The windows of a pair: the second text is cut, and the first where it takes more than half.</summary>
    public IReadOnlyList<Window> Of(List<int> first, List<int> second)
    {
        var room = Math.Max(2, maxTokens - specials.Start.Count - specials.Between.Count - specials.End.Count);
        var (firstRoom, secondRoom) = Share(first.Count, second.Count, room);
        int[] beginning = [.. specials.Start, .. first.Take(firstRoom), .. specials.Between];
        return [.. Parts(second, secondRoom).Select(part =>
        {
            int[] ids = [.. beginning, .. part, .. specials.End];
            return new TokenWindow(ids, specials.SegmentIds ? beginning.Length : ids.Length);
        })];
    }

    // The longer one gives first, until both fit.
    private static (int First, int Second) Share(int first, int second, int room)
    {
        var half = room / 2;
        if (first + second <= room)
            return (first, Math.Max(1, room - first));
        var firstRoom = first <= half ? first : Math.Max(half, room - second);
        return (firstRoom, room - firstRoom);
    }

    private IEnumerable<IReadOnlyList<int>> Parts(List<int> ids, int room)
    {
        if (ids.Count <= room || longText == LongText.Truncate)
            return [ids.GetRange(0, Math.Min(ids.Count, room))];
        var step = Math.Max(1, room - overlap);
        return Enumerable.Range(0, (ids.Count - overlap + step - 1) / step).Select(part => (IReadOnlyList<int>)ids.GetRange(part * step, Math.Min(room, ids.Count - (part * step))));
    }
}
