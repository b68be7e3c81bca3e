namespace FeatureTransfer.Inputs.Images;

/// <summary>What makes an <see cref="ImageRecipe"/> valid, in one place.</summary>
internal static class ImageRecipeRules
{
    // 16,384 x 16,384 floats of three channels are 3 GB: past any backbone, and still inside an int.
    private const int MaxEdge = 16384;

    /// <summary>One sentence for each setting that is out of range.</summary>
    public static IEnumerable<string> Faults(ImageRecipe recipe)
    {
        if (recipe.Height is < 1 or > MaxEdge)
            yield return Fault("Height", recipe.Height, $"from 1 to {MaxEdge}");
        if (recipe.Width is < 1 or > MaxEdge)
            yield return Fault("Width", recipe.Width, $"from 1 to {MaxEdge}");
        if (recipe.CropFraction is not (> 0 and <= 1))
            yield return Fault("CropFraction", recipe.CropFraction, "above 0 and at most 1");
        if (!float.IsFinite(recipe.Scale) || recipe.Scale == 0)
            yield return Fault("Scale", recipe.Scale, "a finite number that is not 0");
        if (recipe.Mean.Count != 3 || !recipe.Mean.All(float.IsFinite))
            yield return Fault("Mean", string.Join(", ", recipe.Mean), "three finite numbers");
        if (recipe.Std.Count != 3 || !recipe.Std.All(value => float.IsFinite(value) && value != 0))
            yield return Fault("Std", string.Join(", ", recipe.Std), "three finite numbers, none of them 0");
        if (recipe.Background > 0xFFFFFF)
            yield return Fault("Background", recipe.Background.ToString("X", CultureInfo.InvariantCulture), "a colour 0xRRGGBB");
        foreach (var fault in EnumFaults(recipe))
            yield return fault;
    }

    private static IEnumerable<string> EnumFaults(ImageRecipe recipe)
    {
        if (!Enum.IsDefined(recipe.Resize))
            yield return Fault("Resize", recipe.Resize, string.Join(", ", Enum.GetNames<ResizeMode>()));
        if (!Enum.IsDefined(recipe.Interpolation))
            yield return Fault("Interpolation", recipe.Interpolation, string.Join(", ", Enum.GetNames<Interpolation>()));
        if (!Enum.IsDefined(recipe.Channels))
            yield return Fault("Channels", recipe.Channels, string.Join(", ", Enum.GetNames<ChannelOrder>()));
        if (!Enum.IsDefined(recipe.Layout))
            yield return Fault("Layout", recipe.Layout, string.Join(", ", Enum.GetNames<TensorLayout>()));
    }

    private static string Fault<T>(string setting, T value, string expected) =>
        string.Create(CultureInfo.InvariantCulture, $"{setting} is '{value}', expected {expected}");
}
