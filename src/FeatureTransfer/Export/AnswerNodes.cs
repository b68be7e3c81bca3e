using FeatureTransfer.FineTuning;
using ElementType = FeatureTransfer.Onnx.Proto.TensorProto.Types.DataType;

namespace FeatureTransfer.Export;

/// <summary>What a model answers.</summary>
/// <param name="Task">What was learned.</param>
/// <param name="Labels">The labels, in the order of the scores; of two answers first the negative one. Empty for numbers.</param>
/// <param name="Threshold">From where on a row is positive, has a label, or is sure enough; null for the trainer's own, or none.</param>
internal sealed record ExportedAnswer(FineTuneTask Task, IReadOnlyList<string> Labels, double? Threshold);

/// <summary>The outputs: <c>scores</c>, and <c>label</c>, <c>labels</c> or nothing beside them.</summary>
internal static class AnswerNodes
{
    private const string Scores = "scores";
    private const string One = "label";
    private const string Several = "labels";
    private const string Batch = "batch";

    /// <summary>Keeps the names of the outputs free.</summary>
    public static void Reserve(GraphBuilder builder)
    {
        foreach (var name in (string[])[Scores, One, Several])
            builder.Unused(name);
    }

    /// <summary>Declares the outputs behind the columns of a trainer.</summary>
    /// <exception cref="FeatureTransferException">The chain gives no scores, or no graph can.</exception>
    public static void Add(ChainGraph chain, ExportedAnswer answer)
    {
        var (graph, builder) = (chain.Graph, chain.Graph.Builder);
        var width = answer.Task == FineTuneTask.Regression ? 1 : answer.Labels.Count;
        var raw = answer.Task == FineTuneTask.Binary ? Sides(chain) : chain.Tensor("Score");
        builder.Node("Reshape", Scores, [raw, builder.Constant("answer/shape", [-1L, width], 2)]);
        graph.Output(Scores, ElementType.Float, Batch, width);
        switch (answer.Task)
        {
            case FineTuneTask.Multiclass:
                Label(graph, answer.Labels, Best(builder, answer));
                break;
            case FineTuneTask.Binary:
                var decision = chain.Tensor(chain.Schema.GetColumnOrNull("Probability") is null ? "Score" : "Probability");
                var positive = Reaches(builder, decision, answer.Threshold ?? (chain.Schema.GetColumnOrNull("Probability") is null ? 0 : 0.5));
                var place = builder.Node("Cast", builder.Unused("answer/place"), [positive], GraphBuilder.Int("to", (long)ElementType.Int64));
                Label(graph, answer.Labels, builder.Node("Reshape", builder.Unused("answer/places"), [place, builder.Constant("answer/flat", [-1L], 1)]));
                break;
            case FineTuneTask.MultiLabel:
                builder.Node("Identity", Several, [Reaches(builder, Scores, answer.Threshold ?? 0.5)]);
                graph.Output(Several, ElementType.Bool, Batch, width);
                break;
            default:
                break;
        }
    }

    // Of both answers, as a probability or as the distance to either side.
    private static string Sides(ChainGraph chain)
    {
        var builder = chain.Graph.Builder;
        var calibrated = chain.Schema.GetColumnOrNull("Probability") is not null;
        var positive = chain.Tensor(calibrated ? "Probability" : "Score");
        var negative = calibrated
            ? builder.Node("Sub", builder.Unused("answer/negative"), [builder.Constant("answer/one", [1f], 1), positive])
            : builder.Node("Neg", builder.Unused("answer/negative"), [positive]);
        var shape = builder.Constant("answer/column", [-1L, 1L], 2);
        return builder.Node("Concat", builder.Unused("answer/both"), [Column(negative), Column(positive)], GraphBuilder.Int("axis", 1));

        string Column(string side) => builder.Node("Reshape", builder.Unused("answer/side"), [side, shape]);
    }

    // The place behind the last label stands for being unsure.
    private static string Best(GraphBuilder builder, ExportedAnswer answer)
    {
        var best = builder.Node("ArgMax", builder.Unused("answer/best"), [Scores], GraphBuilder.Int("axis", 1), GraphBuilder.Int("keepdims", 0));
        if (answer.Threshold is not { } threshold)
            return best;
        var highest = builder.Node("ReduceMax", builder.Unused("answer/highest"), [Scores, builder.Constant("answer/axis", [1L], 1)], GraphBuilder.Int("keepdims", 0));
        return builder.Node("Where", builder.Unused("answer/sure"), [Reaches(builder, highest, threshold), best, builder.Constant("answer/unsure", [(long)answer.Labels.Count], 1)]);
    }

    private static string Reaches(GraphBuilder builder, string scores, double threshold)
    {
        // The least float that is not below the threshold decides as the threshold does.
        var least = (float)threshold;
        least = least < threshold ? MathF.BitIncrement(least) : least;
        return builder.Node("GreaterOrEqual", builder.Unused("answer/reaches"), [scores, builder.Constant("answer/threshold", [least], 1)]);
    }

    private static void Label(GraphAssembly graph, IReadOnlyList<string> labels, string places)
    {
        graph.Builder.Node("Gather", One, [graph.Builder.Constant("answer/names", [.. labels, ""]), places]);
        graph.Output(One, ElementType.String, Batch);
    }
}
