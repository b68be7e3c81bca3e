using System.Diagnostics;
using System.Text.Json;
using Microsoft.ML.OnnxRuntime;
using OpenCvSharp;
using OpenCvSharp.Dnn;

// The loop that a careful user writes: images side by side, one session, one thread a run. JOB is a file of JSON; for every line on standard input
// a round's images a second as JSON, with the first features.
var job = JsonSerializer.Deserialize<Job>(File.ReadAllText(args[0]), JsonSerializerOptions.Web)!;
Cv2.SetNumThreads(1);
using var options = new SessionOptions { IntraOpNumThreads = 1 };
using var session = new InferenceSession(job.Model, options);
using var run = new RunOptions();
var features = new float[job.Images.Length][];
Extract(Math.Min(job.WarmUp, job.Images.Length));
while (Console.ReadLine() is not null)
{
    var start = Stopwatch.GetTimestamp();
    Extract(job.Images.Length);
    Console.WriteLine(JsonSerializer.Serialize(new { imagesPerSecond = job.Images.Length / Stopwatch.GetElapsedTime(start).TotalSeconds, sample = features[..job.Sample] }));
}

void Extract(int count) => Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
{
    using var image = Cv2.ImRead(job.Images[i], ImreadModes.Color);

    // (value - mean) * scale of the channels red, green, blue; the deviations are equal or none.
    using var blob = CvDnn.BlobFromImage(image, job.Scale / job.Std[0], new Size(job.Width, job.Height), new Scalar(job.Mean[0] / job.Scale, job.Mean[1] / job.Scale, job.Mean[2] / job.Scale), swapRB: true, crop: true)!;
    using var input = Tensor(blob);
    using var outputs = session.Run(run, session.InputNames, [input], session.OutputNames);
    features[i] = outputs[0].GetTensorDataAsSpan<float>().ToArray();
});

OrtValue Tensor(Mat blob) => OrtValue.CreateTensorValueWithData(OrtMemoryInfo.DefaultInstance, Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Float, [1, 3, job.Height, job.Width], blob.Data, 3L * job.Height * job.Width * sizeof(float));

internal sealed record Job(string Model, string[] Images, int Width, int Height, float Scale, float[] Mean, float[] Std, int WarmUp, int Sample);
