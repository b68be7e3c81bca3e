using FeatureTransfer.Inputs;
using FeatureTransfer.Inputs.Text;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace FeatureTransfer.Extraction.BuiltIn;

/// <summary>Makes tokens within ML.NET's custom mappings, which model files name by contract.</summary>
internal static class TokenMappings
{
    /// <summary>Reads a text.</summary>
    public static void ReadText(PathRow row, TokensRow tokens) => Read(row.Preparation, TextContent.Of(row.Path), tokens);

    /// <summary>Reads a text in UTF-8.</summary>
    public static void ReadBytes(BytesRow row, TokensRow tokens) => Read(row.Preparation, row.Bytes, tokens);

    /// <summary>Reads a pair of texts.</summary>
    public static void ReadPair(PairRow row, TokensRow tokens) => Read(row.Preparation, TextContent.Of(row.First, row.Second), tokens);

    private static void Read(string text, byte[] content, TokensRow tokens)
    {
        var preparation = (WindowPreparation)KnownPreparations.Of(text);
        var batch = preparation.Batch(preparation.Read(content, "the text"));
        (tokens.Ids, tokens.Mask, tokens.Types, tokens.Shape) = ((long[])batch[0].Values, (long[])batch[1].Values, (long[])batch[2].Values, batch[0].Shape);
    }
}

/// <summary>What a network of tokens reads: the windows of a text, one after the other.</summary>
internal sealed class TokensRow
{
    [ColumnName("FeatureTransfer.Tensor0")]
    public long[] Ids { get; set; } = [];

    [ColumnName("FeatureTransfer.Tensor1")]
    public long[] Mask { get; set; } = [];

    [ColumnName("FeatureTransfer.Tensor2")]
    public long[] Types { get; set; } = [];

    [ColumnName(RowGraph.WindowShape)]
    public long[] Shape { get; set; } = [];
}

/// <summary>What <see cref="TokenMappings.ReadText"/> is called in model files.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class TextFactory : CustomMappingFactory<PathRow, TokensRow>
{
    public const string Contract = "FeatureTransfer.Text/1";

    public override Action<PathRow, TokensRow> GetMapping() => TokenMappings.ReadText;
}

/// <summary>What <see cref="TokenMappings.ReadBytes"/> is called in model files.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class TextBytesFactory : CustomMappingFactory<BytesRow, TokensRow>
{
    public const string Contract = "FeatureTransfer.TextBytes/1";

    public override Action<BytesRow, TokensRow> GetMapping() => TokenMappings.ReadBytes;
}

/// <summary>What <see cref="TokenMappings.ReadPair"/> is called in model files.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class TextPairFactory : CustomMappingFactory<PairRow, TokensRow>
{
    public const string Contract = "FeatureTransfer.TextPair/1";

    public override Action<PairRow, TokensRow> GetMapping() => TokenMappings.ReadPair;
}
