using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Microsoft.ML;

/// <summary>The image transforms.</summary>
public static class ImageEstimatorsCatalog
{
    public static ImageGrayscalingEstimator ConvertToGrayscale(this TransformsCatalog catalog, string outputColumnName, string? inputColumnName = null) =>
        new(Pair(catalog, outputColumnName, inputColumnName));

    public static ImageLoadingEstimator LoadImages(this TransformsCatalog catalog, string outputColumnName, string? imageFolder, string? inputColumnName = null) =>
        new(new(imageFolder, asImage: true, Pair(catalog, outputColumnName, inputColumnName)));

    public static ImageLoadingEstimator LoadRawImageBytes(this TransformsCatalog catalog, string outputColumnName, string? imageFolder, string? inputColumnName = null) =>
        new(new(imageFolder, asImage: false, Pair(catalog, outputColumnName, inputColumnName)));

    public static ImagePixelExtractingEstimator ExtractPixels(
        this TransformsCatalog catalog,
        string outputColumnName,
        string? inputColumnName = null,
        ImagePixelExtractingEstimator.ColorBits colorsToExtract = ImagePixelExtractingEstimator.ColorBits.Rgb,
        ImagePixelExtractingEstimator.ColorsOrder orderOfExtraction = ImagePixelExtractingEstimator.ColorsOrder.ARGB,
        bool interleavePixelColors = false,
        float offsetImage = 0,
        float scaleImage = 1,
        bool outputAsFloatArray = true) =>
        new(new(
            new(colorsToExtract, orderOfExtraction, interleavePixelColors),
            offsetImage,
            scaleImage,
            outputAsFloatArray,
            Pair(catalog, outputColumnName, inputColumnName)));

    public static ImageResizingEstimator ResizeImages(
        this TransformsCatalog catalog,
        string outputColumnName,
        int imageWidth,
        int imageHeight,
        string? inputColumnName = null,
        ImageResizingEstimator.ResizingKind resizing = ImageResizingEstimator.ResizingKind.IsoCrop,
        ImageResizingEstimator.Anchor cropAnchor = ImageResizingEstimator.Anchor.Center) =>
        new(new(imageWidth, imageHeight, resizing, cropAnchor, Pair(catalog, outputColumnName, inputColumnName)));

    public static VectorToImageConvertingEstimator ConvertToImage(
        this TransformsCatalog catalog,
        int imageHeight,
        int imageWidth,
        string outputColumnName,
        string? inputColumnName = null,
        ImagePixelExtractingEstimator.ColorBits colorsPresent = ImagePixelExtractingEstimator.ColorBits.Rgb,
        ImagePixelExtractingEstimator.ColorsOrder orderOfColors = ImagePixelExtractingEstimator.ColorsOrder.ARGB,
        bool interleavedColors = false,
        float scaleImage = 1,
        float offsetImage = 0,
        int defaultAlpha = 255,
        int defaultRed = 0,
        int defaultGreen = 0,
        int defaultBlue = 0) =>
        new(new(
            new(imageHeight, imageWidth),
            new(colorsPresent, orderOfColors, interleavedColors),
            scaleImage,
            offsetImage,
            [Level(defaultBlue), Level(defaultGreen), Level(defaultRed), Level(defaultAlpha)],
            Pair(catalog, outputColumnName, inputColumnName)));

    private static byte Level(int value) =>
        value is >= 0 and <= 255 ? (byte)value : throw new ArgumentOutOfRangeException(nameof(value), $"A default colour is from 0 to 255, not {value}.");

    private static (string Output, string Input) Pair(TransformsCatalog catalog, string outputColumnName, string? inputColumnName)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        Check.Name(outputColumnName);
        return (outputColumnName, string.IsNullOrEmpty(inputColumnName) ? outputColumnName : inputColumnName);
    }
}
