using FeatureTransfer.Inputs.Audio;
using FeatureTransfer.Inputs.Images;
using FeatureTransfer.Inputs.Text;

namespace FeatureTransfer.Inputs;

/// <summary>Makes preparations anew from what model files hold.</summary>
internal static class Preparations
{
    /// <summary>The preparation of a <see cref="Preparation.Text"/>.</summary>
    /// <exception cref="FormatException">The text is of no kind and version that this library reads.</exception>
    public static Preparation Parse(string text) => text.Split([' ', '|'], 2)[0] switch
    {
        ImagePreprocessingText.Kind => new ImagePreparation(ImagePreprocessingText.Parse(text)),
        AudioPreprocessingText.Kind => AudioPreparation.Parse(text),
        TextPreparation.Kind => TextPreparation.Parse(text),
        var kind => throw new FormatException($"'{kind}' is no preprocessing that this version of FeatureTransfer reads. Use the version that wrote the model, or a newer one."),
    };
}
