namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>Which output pixel reads which input pixel, as matrices of zeros and ones for each place in the window.</summary>
internal static class WindowPlaces
{
    /// <summary>(taps, outputs x inputs), one row a place in the window.</summary>
    public static float[] BackwardMatrix(WindowGeometry windows) => Matrix(windows, (input, output, from, _) => (output * from) + input);

    /// <summary>(taps, inputs x outputs), one row a place in the window.</summary>
    public static float[] ForwardMatrix(WindowGeometry windows) => Matrix(windows, (input, output, _, to) => (input * to) + output);

    private static float[] Matrix(WindowGeometry windows, Func<long, long, long, long, long> index)
    {
        var (from, to) = (TensorEmissions.Count(windows.Input), TensorEmissions.Count(windows.Output));
        var places = new float[windows.Taps * from * to];
        var tap = 0L;
        foreach (var place in windows.TapPositions())
        {
            var output = 0L;
            foreach (var window in WindowGeometry.Positions(windows.Output))
            {
                if (InputOf(windows, window, place) is { } input)
                    places[(tap * from * to) + index(input, output, from, to)] = 1;
                output++;
            }

            tap++;
        }

        return places;
    }

    // The input pixel that a window reads at one of its places, or null in the padding.
    private static long? InputOf(WindowGeometry windows, long[] window, long[] place)
    {
        var pixel = 0L;
        for (var axis = 0; axis < windows.Rank; axis++)
        {
            var position = (window[axis] * windows.Strides[axis]) + (place[axis] * windows.Dilations[axis]) - windows.Before[axis];
            if (position < 0 || position >= windows.Input[axis])
                return null;
            pixel = (pixel * windows.Input[axis]) + position;
        }

        return pixel;
    }
}
