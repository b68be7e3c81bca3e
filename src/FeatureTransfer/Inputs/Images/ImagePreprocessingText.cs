namespace FeatureTransfer.Inputs.Images;

/// <summary>Reads preprocessing back from <see cref="ImagePreprocessing.Fingerprint"/>, which says all of them. Model files hold this text.</summary>
internal static class ImagePreprocessingText
{
    public const string Kind = "image2";
    private const int Fields = 11;

    /// <summary>The preprocessing of a fingerprint.</summary>
    /// <exception cref="FormatException">The text is no fingerprint of this version.</exception>
    public static ImagePreprocessing Parse(string text)
    {
        var fields = text.Split('|');
        if (fields is not [Kind, ..] || fields.Length != Fields)
            throw new FormatException($"'{text}' is no preprocessing for images that this version of FeatureTransfer reads. Use the version that wrote the model, or a newer one.");
        var size = fields[1].Split('x');
        return new ImagePreprocessing
        {
            Height = Whole(size[0]),
            Width = Whole(size[1]),
            Resize = Enum.Parse<ResizeMode>(fields[2]),
            CropFraction = double.Parse(fields[3], CultureInfo.InvariantCulture),
            Interpolation = Enum.Parse<Interpolation>(fields[4]),
            Channels = Enum.Parse<ChannelOrder>(fields[5]),
            Scale = Number(fields[6]),
            Mean = [.. fields[7].Split(',').Select(Number)],
            Std = [.. fields[8].Split(',').Select(Number)],
            Layout = Enum.Parse<TensorLayout>(fields[9]),
            Background = uint.Parse(fields[10], NumberStyles.HexNumber, CultureInfo.InvariantCulture),
        };
    }

    private static int Whole(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static float Number(string text) => float.Parse(text, CultureInfo.InvariantCulture);
}
