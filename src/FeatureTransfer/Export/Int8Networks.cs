using FeatureTransfer.Extraction;
using FeatureTransfer.Extraction.Int8;
using FeatureTransfer.FineTuning;
using FeatureTransfer.Inputs;

namespace FeatureTransfer.Export;

/// <summary>The networks of a chain in 8-bit integers: as they are where they are so already, else with ranges taken from images.</summary>
internal static class Int8Networks
{
    /// <summary>The graph of a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="images">The images; the first are read.</param>
    /// <param name="services">Who takes logs.</param>
    /// <exception cref="FeatureTransferException">There are no images and the network is in floats, or it does not read images, or what it gives in integers is too far off.</exception>
    public static OnnxModel GraphOf(ITransformer network, IReadOnlyList<string> images, FeatureTransferServices services)
    {
        var (graph, extraction) = network is FineTunedTransformer tuned ? (tuned.Model, tuned.Network) : (((ExtractFeaturesTransformer)network).Model, (ExtractFeaturesTransformer)network);
        if (extraction.Options.Precision == Precision.Int8)
            return graph;
        if (extraction.Preparation.Modality != Modality.Image)
            throw new FeatureTransferException($"The model computes in floats, and int8 is calibrated at export on images only; this model reads {extraction.Preparation.Modality.ToString().ToLowerInvariant()}. Train it in int8 (\"precision\": \"int8\" on ExtractFeatures, or ft train --precision int8) and export that with --int8, or export in floats.");
        return images.Count > 0
            ? Int8Graph.Of(graph, extraction.Preparation, images.Select(path => new FeatureInput(path, null)), extraction.Options, services)
            : throw new FeatureTransferException("The model computes in floats, and int8 takes its ranges from images of the kind that it will see. Name some: --calibrate photos, or OnnxExportOptions.CalibrationImages.");
    }
}
