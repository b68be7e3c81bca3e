using FeatureTransfer.Backbones;
using FeatureTransfer.Extraction;
using FeatureTransfer.Inputs.Text;
using FeatureTransfer.Onnx;
using FeatureTransfer.Onnx.Proto;

namespace FeatureTransfer.Tests.Shared;

/// <summary>
/// A temporary folder with a backbone for text that can be computed by hand, its vocabulary and its card. The words are a to h; token n has the
/// vector (n, n * n), and each token's hidden state is its vector with the mean over the text's tokens taken off: filling that counts would show.
/// </summary>
internal sealed class SmallTexts : IDisposable
{
    public const string Words = "abcdefgh";
    public const int MaxTokens = 12;

    private static readonly string[] _vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", .. Words.Select(word => word.ToString())];

    /// <summary>Writes the folder.</summary>
    /// <param name="knowsMask">Whether the network itself reads the mask and the types.</param>
    public SmallTexts(bool knowsMask = true)
    {
        Network(knowsMask).Save(PathOf("small.onnx"));
        File.WriteAllText(PathOf("vocab.txt"), string.Join('\n', _vocabulary) + "\n");
        CardPath = PathOf("card.json");
        File.WriteAllText(CardPath, ModelCardReader.Write(new ModelCard
        {
            Id = "small.words",
            Source = new ModelSource { Kind = ModelSourceKind.Path, Path = PathOf("small.onnx") },
            Modality = Inputs.Modality.Text,
            Tokenizer = new TokenizerCard
            {
                Kind = TokenizerKind.WordPiece,
                MaxTokens = MaxTokens,
                Files = [new CardFile { Source = new ModelSource { Kind = ModelSourceKind.Path, Path = PathOf("vocab.txt") } }],
            },
            DefaultLayers = ["hidden"],
        }));
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("ft-texts-").FullName;

    public string CardPath { get; }

    public ExtractFeaturesOptions Options => new() { Backbone = CardPath, InputColumnName = "Text", UseCache = false };

    public string PathOf(string name) => Path.Combine(Folder, name);

    /// <summary>The ids of a text with its special tokens.</summary>
    public static int[] Ids(string text) => [2, .. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => Array.IndexOf(_vocabulary, word) is >= 0 and var id ? id : 1), 3];

    /// <summary>The hidden states of ids.</summary>
    public static double[][] Hidden(params IReadOnlyList<int> ids)
    {
        var (first, second) = (ids.Average(), ids.Average(id => (double)id * id));
        return [.. ids.Select(id => new[] { id - first, ((double)id * id) - second })];
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>input_ids, attention_mask, token_type_ids (batch, tokens) -> hidden (batch, tokens, 2).</summary>
    private static OnnxModel Network(bool knowsMask)
    {
        var builder = new GraphBuilder("small_texts");
        builder.Graph.Input.Add(GraphBuilder.TokenValue(builder.Unused("input_ids")));
        float[] table = [.. Enumerable.Range(0, _vocabulary.Length).SelectMany(id => new[] { (float)id, id * id })];
        builder.Node("Gather", "vectors", [builder.Constant("table", table, _vocabulary.Length, 2), "input_ids"]);
        if (knowsMask)
        {
            builder.Graph.Input.Add(GraphBuilder.TokenValue(builder.Unused("attention_mask")));
            builder.Graph.Input.Add(GraphBuilder.TokenValue(builder.Unused("token_type_ids")));
            builder.Node("Cast", "mask", ["attention_mask"], GraphBuilder.Int("to", (long)TensorProto.Types.DataType.Float));
            builder.Node("Unsqueeze", "masks", ["mask", builder.Constant("last", [2L], 1)]);
            builder.Node("Mul", "masked", ["vectors", "masks"]);
            builder.Node("ReduceSum", "sum", ["masked", builder.Constant("tokens", [1L], 1)]);
            builder.Node("ReduceSum", "count", ["masks", builder.Constant("tokens2", [1L], 1)]);
            builder.Node("Div", "mean", ["sum", "count"]);
            builder.Node("Sub", "centred", ["vectors", "mean"]);
            builder.Node("Cast", "types", ["token_type_ids"], GraphBuilder.Int("to", (long)TensorProto.Types.DataType.Float));
            builder.Node("Unsqueeze", "second", ["types", builder.Constant("last2", [2L], 1)]);
            builder.Node("Mul", "hundred", ["second", builder.Constant("weight", [100f])]);
            builder.Node("Add", "states", ["centred", "hundred"]);
        }
        else
        {
            builder.Node("Identity", "states", ["vectors"]);
        }

        // A product that changes nothing, for what is done to products.
        builder.Node("MatMul", "hidden", ["states", builder.Constant("unit", [1f, 0, 0, 1], 2, 2)]);
        builder.Graph.Output.Add(GraphBuilder.FloatValue("hidden", -1, -1, 2));
        builder.Graph.Output[0].Type.TensorType.Shape.Dim[1].DimParam = "tokens";
        var proto = new ModelProto { IrVersion = 8, Graph = builder.Graph };
        proto.OpsetImport.Add(new OperatorSetIdProto { Version = 17 });
        return new OnnxModel(proto, "small_texts");
    }
}
