using Microsoft.ML.Transforms.Image;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>A step whose column holds images or encoded images, which live only while the frozen part of the chain runs.</summary>
internal interface IImageStep;

/// <summary>Files to images.</summary>
public sealed record LoadImagesStep : ColumnStep, IImageStep
{
    /// <summary>The folder that paths in the column start from, itself relative to the pipeline's file; null, the default, takes them as they are.</summary>
    public string? ImageFolder { get; init; }
}

/// <summary>Files to their bytes.</summary>
public sealed record LoadRawImageBytesStep : ColumnStep, IImageStep
{
    /// <summary>The folder that paths in the column start from, itself relative to the pipeline's file; null, the default, takes them as they are.</summary>
    public string? ImageFolder { get; init; }
}

/// <summary>Images to another size.</summary>
public sealed record ResizeImagesStep : ColumnStep, IImageStep
{
    /// <summary>The width in pixels.</summary>
    public required int ImageWidth { get; init; }

    /// <summary>The height in pixels.</summary>
    public required int ImageHeight { get; init; }

    /// <summary>How another shape is fitted. Default: cropped.</summary>
    public ImageResizingEstimator.ResizingKind Resizing { get; init; } = ImageResizingEstimator.ResizingKind.IsoCrop;

    /// <summary>Which part a crop keeps. Default: the centre.</summary>
    public ImageResizingEstimator.Anchor CropAnchor { get; init; } = ImageResizingEstimator.Anchor.Center;
}

/// <summary>Images without colour.</summary>
public sealed record ConvertToGrayscaleStep : ColumnStep, IImageStep;

/// <summary>Images to vectors of their pixels: (pixel - offset) x scale.</summary>
public sealed record ExtractPixelsStep : ColumnStep, IImageStep
{
    /// <summary>The colours. Default: red, green and blue.</summary>
    public ImagePixelExtractingEstimator.ColorBits ColorsToExtract { get; init; } = ImagePixelExtractingEstimator.ColorBits.Rgb;

    /// <summary>The order of the colours. Default ARGB.</summary>
    public ImagePixelExtractingEstimator.ColorsOrder OrderOfExtraction { get; init; } = ImagePixelExtractingEstimator.ColorsOrder.ARGB;

    /// <summary>Whether a pixel's colours lie side by side (height, width, channels); false, the default, is (channels, height, width).</summary>
    public bool InterleavePixelColors { get; init; }

    /// <summary>What is taken off first. Default 0.</summary>
    public float OffsetImage { get; init; }

    /// <summary>The factor after that. Default 1.</summary>
    public float ScaleImage { get; init; } = 1;

    /// <summary>Whether the outcome are numbers; false gives bytes. Default true.</summary>
    public bool OutputAsFloatArray { get; init; } = true;
}
