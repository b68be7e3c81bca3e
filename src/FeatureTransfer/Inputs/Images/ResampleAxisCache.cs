using System.Collections.Concurrent;

namespace FeatureTransfer.Inputs.Images;

/// <summary>Keeps the weights of sizes that come again: photographs of one camera, tiles of one map.</summary>
internal static class ResampleAxisCache
{
    private const int MostAxes = 256, MostWeights = 1 << 14;

    private static readonly ConcurrentDictionary<(Interpolation, int, int, int, int), ResampleAxis> _axes = new();

    public static ResampleAxis Get(Interpolation interpolation, int source, int target, int start, int length)
    {
        var key = (interpolation, source, target, start, length);
        if (_axes.TryGetValue(key, out var known))
            return known;
        var axis = ResampleAxis.Of(interpolation, source, target, start, length);
        if (axis.Size > MostWeights)
            return axis;
        if (_axes.Count >= MostAxes)
            _axes.Clear();
        _axes[key] = axis;
        return axis;
    }
}
