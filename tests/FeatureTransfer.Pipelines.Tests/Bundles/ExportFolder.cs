using System.Globalization;
using FeatureTransfer.Onnx;
using FeatureTransfer.Onnx.Proto;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace FeatureTransfer.Pipelines.Tests.Bundles;

/// <summary>A temporary folder with small images, numbers and texts of three kinds, whose pipelines give bundles to export.</summary>
internal sealed class ExportFolder : IDisposable
{
    private const int Side = 4;
    private readonly SmallTexts _texts = new();
    private readonly int _rows;

    public ExportFolder(int rows)
    {
        _rows = rows;
        var random = new Random(1);
        var lines = new List<string> { "path,label,flag,number,both,words,weight,width" };
        for (var row = 0; row < rows; row++)
        {
            var kind = row % 3;
            var pixels = new byte[Side * Side * 3];
            random.NextBytes(pixels);
            for (var i = kind; i < pixels.Length; i += 3)
                pixels[i] = (byte)(120 + (pixels[i] / 2));
            File.WriteAllBytes(PathOf($"{row}.png"), TestImages.Png(Side, Side, pixels));
            Pixels.Add(pixels);
            Numbers.Add([kind + random.NextSingle(), random.NextSingle()]);
            Texts.Add(string.Join(' ', Enumerable.Range(0, 4).Select(_ => SmallTexts.Words[(kind * 2) + random.Next(3)])));
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"{row}.png,{"abc"[kind]},{kind == 0},{pixels.Average(value => value):0.00},{(kind == 2 ? "a|c" : "abc"[kind])},{Texts[row]},{Numbers[row][0]:R},{Numbers[row][1]:R}"));
        }

        File.WriteAllLines(PathOf("rows.csv"), lines);
        SmallModels.Colours().Save(PathOf("small.onnx"));
        Convolution(random).Save(PathOf("conv.onnx"));
    }

    public List<byte[]> Pixels { get; } = [];

    public List<float[]> Numbers { get; } = [];

    public List<string> Texts { get; } = [];

    public string TextCard => _texts.CardPath.Replace('\\', '/');

    public string PathOf(string name) => Path.Combine(Root, name);

    private string Root { get; } = Directory.CreateTempSubdirectory("ft-export-").FullName;

    /// <summary>Trains on the first rows.</summary>
    /// <param name="steps">The steps as JSON.</param>
    /// <param name="label">The column of the label, and the task.</param>
    /// <param name="calibrate">Whether a temperature is a part of the model.</param>
    public async Task<Bundle> TrainAsync(string steps, string label = "label", bool calibrate = false)
    {
        var columns = $"\"numbers\": [\"weight\", \"width\"]{(steps.Contains("\"words\"", StringComparison.Ordinal) ? ", \"texts\": [\"words\"]" : "")}";
        steps = steps.Replace("TEXTS", TextCard, StringComparison.Ordinal);
        var task = label switch { "flag" => "binary", "number" => "regression", "both" => "multiLabel", _ => "multiclass" };
        var json = $$"""{ "task": "{{task}}", "data": { "type": "csv", "path": "rows.csv", "label": "{{label}}", "limit": 90, {{columns}} }, "split": { "testFraction": 0, "folds": {{(calibrate ? 2 : 0)}} }, "evaluation": { "calibrate": {{(calibrate ? "true" : "false")}} }, "estimators": [{{steps}}], "outputs": { "folder": "out" } }""";
        await File.WriteAllTextAsync(PathOf("pipeline.json"), json);
        var result = await new PipelineRunner().RunAsync(PipelineReader.Read(PathOf("pipeline.json")));
        return Bundle.Load(result.BundlePath!);
    }

    /// <summary>What plain ONNX Runtime makes of all rows, so many at a time.</summary>
    public (List<float[]> Scores, List<string> Labels) Run(string path, int batch)
    {
        using var session = new InferenceSession(path);
        var (scores, labels) = (new List<float[]>(), new List<string>());
        for (var start = 0; start < _rows; start += batch)
        {
            var rows = Enumerable.Range(start, Math.Min(batch, _rows - start)).ToArray();
            using var options = new RunOptions();
            OrtValue[] inputs = [.. session.InputNames.Select(input => Input(input, rows))];
            using var results = session.Run(options, [.. session.InputNames], inputs, [.. session.OutputNames]);
            Array.ForEach(inputs, input => input.Dispose());
            scores.AddRange(results[0].GetTensorDataAsSpan<float>().ToArray().Chunk(results[0].GetTensorDataAsSpan<float>().Length / rows.Length));
            if (session.OutputNames.Contains("label"))
                labels.AddRange(results[1].GetStringTensorAsArray());
            else if (session.OutputNames.Contains("labels"))
                labels.AddRange(results[1].GetTensorDataAsSpan<bool>().ToArray().Chunk(scores[0].Length).Select(given => string.Join('|', given.Select((has, i) => has ? "abc"[i..(i + 1)] : "").Where(name => name.Length > 0))));
        }

        return (scores, labels);
    }

    public void Dispose()
    {
        _texts.Dispose();
        Directory.Delete(Root, recursive: true);
    }

    private OrtValue Input(string name, int[] rows) => name switch
    {
        "pixels" => OrtValue.CreateTensorValueFromMemory(rows.SelectMany(row => Pixels[row]).ToArray(), [rows.Length, Side, Side, 3]),
        "weight" => OrtValue.CreateTensorValueFromMemory(rows.Select(row => Numbers[row][0]).ToArray(), [rows.Length, 1]),
        "width" => OrtValue.CreateTensorValueFromMemory(rows.Select(row => Numbers[row][1]).ToArray(), [rows.Length, 1]),
        "words" => OrtValue.CreateFromStringTensor(new DenseTensor<string>(rows.Select(row => Texts[row]).ToArray(), [rows.Length, 1])),
        _ => Tokens(name, [.. rows.Select(row => SmallTexts.Ids(Texts[row]))]),
    };

    /// <summary>x (batch, 3, 4, 4) -> conv (batch, 8, 4, 4), 3 x 3.</summary>
    private static OnnxModel Convolution(Random random)
    {
        var builder = new GraphBuilder("convolution");
        builder.Graph.Input.Add(GraphBuilder.FloatValue(builder.Unused("x"), -1, 3, Side, Side));
        float[] weights = [.. Enumerable.Range(0, 8 * 27).Select(_ => random.NextSingle() - 0.5f)];
        builder.Node("Conv", "conv", ["x", builder.Constant("weights", weights, 8, 3, 3, 3)], GraphBuilder.Ints("pads", 1, 1, 1, 1));
        builder.Graph.Output.Add(GraphBuilder.FloatValue("conv", -1, 8, Side, Side));
        var proto = new ModelProto { IrVersion = 8, Graph = builder.Graph };
        proto.OpsetImport.Add(new OperatorSetIdProto { Version = 17 });
        return new OnnxModel(proto, "convolution");
    }

    private static OrtValue Tokens(string name, int[][] ids)
    {
        long[] values = [.. ids.SelectMany(row => row.Select(id => name switch { "input_ids" => id, "attention_mask" => 1L, _ => 0L }))];
        return OrtValue.CreateTensorValueFromMemory(values, [ids.Length, ids[0].Length]);
    }
}
