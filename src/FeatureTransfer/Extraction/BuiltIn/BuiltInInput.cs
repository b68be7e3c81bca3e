using FeatureTransfer.Inputs;

namespace FeatureTransfer.Extraction.BuiltIn;

/// <summary>How an input column becomes tensors within ML.NET: the mapping, and the columns that it makes.</summary>
internal sealed record BuiltInInput(Func<TransformsCatalog, IEstimator<ITransformer>> Mapping, IReadOnlyList<string> Tensors)
{
    private static readonly string[] _tokens = [RowGraph.InputAt(0), RowGraph.InputAt(1), RowGraph.InputAt(2), RowGraph.WindowShape];

    private static readonly string[] _samples = [RowGraph.InputAt(0), RowGraph.WindowShape];

    /// <summary>For the column that a network reads.</summary>
    public static BuiltInInput Of(ExtractFeaturesTransformer network) => (network.Preparation.Modality, network.Input, network.Options.PairColumnName) switch
    {
        (Modality.Image, InputKind.Bytes, _) => new(transforms => transforms.CustomMapping<BytesRow, TensorRow>(FixedMappings.ReadBytes, ImageBytesFactory.Contract), [RowGraph.Input]),
        (Modality.Image, _, _) => new(transforms => transforms.CustomMapping<PathRow, TensorRow>(FixedMappings.ReadFile, ImageFileFactory.Contract), [RowGraph.Input]),
        (Modality.Audio, InputKind.Bytes, _) => new(transforms => transforms.CustomMapping<BytesRow, SamplesRow>(SampleMappings.ReadBytes, AudioBytesFactory.Contract), _samples),
        (Modality.Audio, _, _) => new(transforms => transforms.CustomMapping<PathRow, SamplesRow>(SampleMappings.ReadFile, AudioFileFactory.Contract), _samples),
        (_, InputKind.Bytes, null) => new(transforms => transforms.CustomMapping<BytesRow, TokensRow>(TokenMappings.ReadBytes, TextBytesFactory.Contract), _tokens),
        (_, _, null) => new(transforms => transforms.CustomMapping<PathRow, TokensRow>(TokenMappings.ReadText, TextFactory.Contract), _tokens),
        _ => new(transforms => transforms.CustomMapping<PairRow, TokensRow>(TokenMappings.ReadPair, TextPairFactory.Contract), _tokens),
    };
}
