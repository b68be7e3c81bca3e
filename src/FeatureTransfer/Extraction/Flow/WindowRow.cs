using System.Numerics.Tensors;
using FeatureTransfer.Inputs;

namespace FeatureTransfer.Extraction.Flow;

/// <summary>A row whose windows are on their way: its features are the mean over them.</summary>
internal sealed class WindowRow(IReadOnlyList<Window> windows, FeatureKey key, int length)
{
    private readonly Lock _lock = new();
    private float[]? _sum;
    private int _missing = windows.Count;

    /// <summary>The windows.</summary>
    public IReadOnlyList<Window> Windows => windows;

    /// <summary>The key that the features are kept under.</summary>
    public FeatureKey Key => key;

    /// <summary>The features, once all windows have theirs.</summary>
    public float[]? Features { get; private set; }

    /// <summary>Adds a window's features.</summary>
    /// <returns>Whether it was the last.</returns>
    public bool Add(ReadOnlySpan<float> features)
    {
        lock (_lock)
        {
            _sum ??= new float[length];
            TensorPrimitives.Add(_sum, features, _sum);
            if (--_missing > 0)
                return false;
            if (windows.Count > 1)
                TensorPrimitives.Divide(_sum, windows.Count, _sum);
            Features = _sum;
            return true;
        }
    }
}
