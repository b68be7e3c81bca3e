namespace FeatureTransfer.Inputs.Images;

/// <summary>What makes an <see cref="ImagePreprocessing"/> valid, in one place.</summary>
internal static class ImagePreprocessingRules
{
    // 16,384 x 16,384 floats of three channels are 3 GB: past any backbone, and still inside an int.
    private const int MaxEdge = 16384;

    /// <summary>One sentence for each setting that is out of range.</summary>
    public static IEnumerable<string> Faults(ImagePreprocessing preprocessing)
    {
        if (preprocessing.Height is < 1 or > MaxEdge)
            yield return Fault("Height", preprocessing.Height, $"from 1 to {MaxEdge}");
        if (preprocessing.Width is < 1 or > MaxEdge)
            yield return Fault("Width", preprocessing.Width, $"from 1 to {MaxEdge}");
        if (preprocessing.CropFraction is not (> 0 and <= 1))
            yield return Fault("CropFraction", preprocessing.CropFraction, "above 0 and at most 1");
        if (!float.IsFinite(preprocessing.Scale) || preprocessing.Scale == 0)
            yield return Fault("Scale", preprocessing.Scale, "a finite number that is not 0");
        if (preprocessing.Mean.Count != 3 || !preprocessing.Mean.All(float.IsFinite))
            yield return Fault("Mean", string.Join(", ", preprocessing.Mean), "three finite numbers");
        if (preprocessing.Std.Count != 3 || !preprocessing.Std.All(value => float.IsFinite(value) && value != 0))
            yield return Fault("Std", string.Join(", ", preprocessing.Std), "three finite numbers, none of them 0");
        if (preprocessing.Background > 0xFFFFFF)
            yield return Fault("Background", preprocessing.Background.ToString("X", CultureInfo.InvariantCulture), "a colour 0xRRGGBB");
        foreach (var fault in EnumFaults(preprocessing))
            yield return fault;
    }

    private static IEnumerable<string> EnumFaults(ImagePreprocessing preprocessing)
    {
        if (!Enum.IsDefined(preprocessing.Resize))
            yield return Fault("Resize", preprocessing.Resize, string.Join(", ", Enum.GetNames<ResizeMode>()));
        if (!Enum.IsDefined(preprocessing.Interpolation))
            yield return Fault("Interpolation", preprocessing.Interpolation, string.Join(", ", Enum.GetNames<Interpolation>()));
        if (!Enum.IsDefined(preprocessing.Channels))
            yield return Fault("Channels", preprocessing.Channels, string.Join(", ", Enum.GetNames<ChannelOrder>()));
        if (!Enum.IsDefined(preprocessing.Layout))
            yield return Fault("Layout", preprocessing.Layout, string.Join(", ", Enum.GetNames<TensorLayout>()));
    }

    private static string Fault<T>(string setting, T value, string expected) =>
        string.Create(CultureInfo.InvariantCulture, $"{setting} is '{value}', expected {expected}");
}
