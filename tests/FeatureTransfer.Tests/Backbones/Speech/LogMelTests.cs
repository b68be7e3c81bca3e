using FeatureTransfer.Backbones.Speech;
using FeatureTransfer.Inputs.Audio;

namespace FeatureTransfer.Tests.Backbones.Speech;

public class LogMelTests
{
    private static float[] Run(AudioPreprocessing settings, float[] samples, int steps = 16, int bands = 32) =>
        Onnxes.Run(LogMel.Model(settings, steps, bands), samples, [samples.Length / settings.WindowSamples, settings.WindowSamples])[LogMel.Output];

    [TestCase(16000, 20480, 16, 32, 1f)]
    [TestCase(16000, 20480, 16, 32, 32768f)]
    [TestCase(8000, 8000, 4, 10, 1f)]
    [TestCase(22050, 30001, 7, 20, 1f)]
    public void Model_OfAnySetting_IsTheDefinition(int rate, int window, int steps, int bands, float scale)
    {
        var settings = new AudioPreprocessing { SampleRate = rate, WindowSamples = window, Scale = scale };
        var random = new Random(1);
        var samples = Enumerable.Range(0, window).Select(i => scale * (float)((0.4 * Math.Sin(i * (0.1 + (i * 1e-5)))) + (0.05 * random.NextDouble()))).ToArray();
        Assert.That(Run(settings, samples, steps, bands), Is.EqualTo(Definition(samples, rate, scale, steps, bands)).Within(2e-3));
    }

    [Test]
    public void Model_Silence_IsTheFloor() =>
        Assert.That(Run(new AudioPreprocessing(), new float[20480]), Is.EqualTo(Enumerable.Repeat((float)Math.Log(1e-8), 512)).Within(1e-4));

    [Test]
    public void Model_Batch_IsEachRowAlone()
    {
        float[] one = TestAudio.Sine(300, 16000, 20480), two = TestAudio.Sine(3000, 16000, 20480, 0.001);
        Assert.That(Run(new AudioPreprocessing(), [.. one, .. two]), Is.EqualTo(Run(new AudioPreprocessing(), one).Concat(Run(new AudioPreprocessing(), two))).Within(1e-5));
    }

    [Test]
    public void Model_Tone_IsLoudestInItsBand()
    {
        var values = Run(new AudioPreprocessing(), TestAudio.Sine(1000, 16000, 20480));
        var loudest = Enumerable.Range(0, 32).MaxBy(band => values[(band * 16) + 8]);
        var top = 2595 * Math.Log10(1 + (8000 / 700.0));
        Assert.That(700 * (Math.Pow(10, top * (loudest + 1) / 33 / 2595) - 1), Is.EqualTo(1000).Within(60));
    }

    [TestCase(0)]
    [TestCase(20480)]
    public void Model_OfNoSteps_IsRefused(int steps) =>
        Assert.That(() => LogMel.Model(new AudioPreprocessing(), steps), Throws.TypeOf<ArgumentOutOfRangeException>());

    // Frame by frame and frequency by frequency, in double precision, from the padded window.
    private static IEnumerable<double> Definition(float[] samples, int rate, double scale, int steps, int bands)
    {
        var perStep = Math.Max(1, (int)Math.Round(samples.Length * 100.0 / rate / steps));
        var hop = samples.Length / (steps * perStep);
        var length = 16;
        while (length < 2 * hop)
            length *= 2;
        var padding = Math.Max(0, (((steps * perStep) - 1) * hop) + length - samples.Length);
        var logs = Enumerable.Range(0, steps * perStep).Select(frame => Bands(samples, (frame * hop) - (padding / 2), length, rate, scale, bands)).ToList();
        return
            from band in Enumerable.Range(0, bands)
            from step in Enumerable.Range(0, steps)
            select logs.Skip(step * perStep).Take(perStep).Average(frame => frame[band]);
    }

    private static double[] Bands(float[] samples, int start, int length, int rate, double scale, int bands)
    {
        var frame = Enumerable.Range(0, length).Select(i => start + i >= 0 && start + i < samples.Length ? samples[start + i] / scale * Math.Pow(Math.Sin(Math.PI * i / length), 2) : 0).ToArray();
        var powers = Enumerable.Range(0, (length / 2) + 1).Select(bin =>
        {
            double real = 0, imaginary = 0;
            for (var i = 0; i < length; i++)
                (real, imaginary) = (real + (frame[i] * Math.Cos(2 * Math.PI * bin * i / length)), imaginary + (frame[i] * Math.Sin(2 * Math.PI * bin * i / length)));
            return ((real * real) + (imaginary * imaginary)) * 16 / length / length;
        }).ToArray();
        return [.. Enumerable.Range(0, bands).Select(band => Math.Log(Math.Max(1e-8, powers.Select((power, bin) => power * Triangle((double)bin * rate / length, band)).Sum())))];

        double Edge(int number) => 700 * (Math.Pow(1 + (rate / 2.0 / 700), (double)number / (bands + 1)) - 1);
        double Triangle(double hertz, int band) => Math.Max(0, Math.Min((hertz - Edge(band)) / (Edge(band + 1) - Edge(band)), (Edge(band + 2) - hertz) / (Edge(band + 2) - Edge(band + 1))));
    }
}
