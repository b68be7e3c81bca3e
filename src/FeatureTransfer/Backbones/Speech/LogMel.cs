using FeatureTransfer.Inputs.Audio;
using FeatureTransfer.Onnx.Proto;

namespace FeatureTransfer.Backbones.Speech;

/// <summary>
/// The model that knows nothing of speech, the baseline that shows what a backbone is worth: the logarithm of the power in some bands of the
/// mel scale, at some steps over a window.
/// </summary>
internal static class LogMel
{
    /// <summary>The card's id.</summary>
    public const string Id = "log_mel.baseline";

    /// <summary>The output: (batch, bands * steps), the steps of the first band first.</summary>
    public const string Output = "log_mel";

    // 80 dB below a sine of full scale: what is softer is silence.
    private const float Floor = 1e-8f;

    /// <summary>A model from windows (batch, samples) to (batch, bands * steps).</summary>
    /// <param name="preprocessing">The length, the rate and the scale of the windows.</param>
    /// <param name="steps">Steps over a window; frames of about 10 ms within a step are averaged, after the logarithm.</param>
    /// <param name="bands">Triangles on the mel scale, from 0 to half the rate.</param>
    public static OnnxModel Model(AudioPreprocessing preprocessing, int steps = 16, int bands = 32)
    {
        preprocessing.Validate();
        var frames = MelFrames.Of(preprocessing, steps);
        var builder = new GraphBuilder(Id);
        builder.Graph.Input.Add(GraphBuilder.FloatValue("samples", -1, preprocessing.WindowSamples));
        var channel = builder.Node("Unsqueeze", "samples/channel", ["samples", builder.Constant("axis", [1L], 1)]);
        var basis = builder.Constant("fourier", frames.Basis(preprocessing.Scale), 2 * frames.Bins, 1, frames.Length);
        var spectrum = builder.Node("Conv", "spectrum", [channel, basis], GraphBuilder.Ints("strides", frames.Hop), GraphBuilder.Ints("pads", frames.Padding / 2, frames.Padding - (frames.Padding / 2)));
        var squares = builder.Node("Mul", "squares", [spectrum, spectrum]);
        var filters = builder.Constant("bands", frames.Filters(bands), bands, 2 * frames.Bins, 1);
        var power = builder.Node("Conv", "power", [squares, filters]);
        var audible = builder.Node("Max", "audible", [power, builder.Constant("floor", [Floor])]);
        var log = builder.Node("Log", "log", [audible]);
        var averages = builder.Node("AveragePool", "steps", [log], GraphBuilder.Ints("kernel_shape", frames.PerStep), GraphBuilder.Ints("strides", frames.PerStep));
        builder.Node("Flatten", Output, [averages]);
        builder.Graph.Output.Add(GraphBuilder.FloatValue(Output, -1, bands * steps));
        var proto = new ModelProto { IrVersion = 8, ProducerName = "FeatureTransfer", Graph = builder.Graph };
        proto.OpsetImport.Add(new OperatorSetIdProto { Version = 17 });
        return new OnnxModel(proto, Id);
    }
}
