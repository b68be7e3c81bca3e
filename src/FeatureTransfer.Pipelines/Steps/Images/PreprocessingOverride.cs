using FeatureTransfer.Inputs.Images;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>What a pipeline changes in the image preprocessing of a backbone's card. Null, the default of all, leaves the card's setting.</summary>
public sealed record PreprocessingOverride
{
    /// <summary>Height of the tensor in pixels.</summary>
    public int? Height { get; init; }

    /// <summary>Width of the tensor in pixels.</summary>
    public int? Width { get; init; }

    /// <summary>How the image is fitted to the tensor.</summary>
    public ResizeMode? Resize { get; init; }

    /// <summary>Share of the resized image that the centre crop keeps, above 0, at most 1.</summary>
    public double? CropFraction { get; init; }

    /// <summary>The resize kernel.</summary>
    public Interpolation? Interpolation { get; init; }

    /// <summary>Order of the channels.</summary>
    public ChannelOrder? Channels { get; init; }

    /// <summary>Factor on the pixel, before the mean is taken off.</summary>
    public float? Scale { get; init; }

    /// <summary>Three values, one a channel, taken off after scaling; empty leaves the card's.</summary>
    public ValueList<float> Mean { get; init; } = [];

    /// <summary>Three values, one a channel, that divide last; empty leaves the card's.</summary>
    public ValueList<float> Std { get; init; } = [];

    /// <summary>The card's preprocessing with the changes laid over it.</summary>
    /// <param name="card">The card's preprocessing.</param>
    /// <exception cref="FeatureTransferException">The outcome is out of range; the message names every setting that is.</exception>
    public ImagePreprocessing Apply(ImagePreprocessing card)
    {
        ArgumentNullException.ThrowIfNull(card);
        var preprocessing = card with
        {
            Height = Height ?? card.Height,
            Width = Width ?? card.Width,
            Resize = Resize ?? card.Resize,
            CropFraction = CropFraction ?? card.CropFraction,
            Interpolation = Interpolation ?? card.Interpolation,
            Channels = Channels ?? card.Channels,
            Scale = Scale ?? card.Scale,
            Mean = Mean.Count > 0 ? Mean : card.Mean,
            Std = Std.Count > 0 ? Std : card.Std,
        };
        try
        {
            preprocessing.Validate();
            return preprocessing;
        }
        catch (ArgumentException exception)
        {
            throw new FeatureTransferException($"The option \"preprocessing\" of ExtractFeatures: {exception.Message}", exception);
        }
    }
}
