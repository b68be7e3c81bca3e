namespace FeatureTransfer.FineTuning;

/// <summary>
/// Cuts long arrays into blocks that stay in the processor's first cache while several vector operations pass over them.
/// </summary>
internal static class Blocks
{
    public const int Size = 2048;

    [ThreadStatic]
    private static float[]? _scratch;

    public delegate void Work(int start, int length, Span<float> scratch);

    /// <summary>Does the work block by block; the scratch is as long as the block.</summary>
    public static void ForEach(int length, Work work)
    {
        var scratch = _scratch ??= new float[Size];
        for (var start = 0; start < length; start += Size)
        {
            var size = Math.Min(Size, length - start);
            work(start, size, scratch.AsSpan(0, size));
        }
    }
}
