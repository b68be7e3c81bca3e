using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace FeatureTransfer.Benchmarks.Against;

/// <summary>
/// LbfgsMaximumEntropy against scikit-learn's LogisticRegression(solver="lbfgs"): the same data, penalty, iterations
/// and threads, one after the other in one run. Both losses are computed here, from the weights that each side found.
/// </summary>
internal static class ScikitLearn
{
    private const double L2 = 1;
    private const int Iterations = 100;

    public static int Compare()
    {
        var python = Python();
        if (python is null)
        {
            Console.Error.WriteLine("scikit-learn was not found. Install Debian's python3-sklearn, or name a Python that has it in FT_PYTHON.");
            return 1;
        }

        var problem = TrainingProblem.Create(seed: 1);
        var threads = Environment.ProcessorCount;
        var folder = Directory.CreateTempSubdirectory("ft-bench-").FullName;
        try
        {
            problem.Save(Path.Combine(folder, "problem.bin"));
            var theirs = Train(python, folder, threads);
            var ours = MLNetTraining.Run(problem, L2, Iterations, threads);
            Print(problem, ours, theirs, threads);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Print(TrainingProblem problem, TrainingOutcome ours, TrainingOutcome theirs, int threads)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{TrainingProblem.Rows} x {TrainingProblem.Columns} floats, {TrainingProblem.Classes} classes, at most {Iterations} iterations, {threads} threads"));
        foreach (var outcome in new[] { theirs, ours })
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {outcome.Name,-22} {outcome.Seconds,7:0.000} s   loss {problem.Loss(outcome.Weights, outcome.Biases, L2):0.0000000}   training takes {outcome.PeakMemoryRatio:0.00} x the data's memory"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {ours.Seconds / theirs.Seconds:0.000} of scikit-learn's time"));
    }

    private static TrainingOutcome Train(string python, string folder, int threads)
    {
        var result = Run(python, [Path.Combine(AppContext.BaseDirectory, "Against", "scikit_learn.py"), folder, TrainingProblem.Rows.ToString(CultureInfo.InvariantCulture),
            TrainingProblem.Columns.ToString(CultureInfo.InvariantCulture), L2.ToString(CultureInfo.InvariantCulture), Iterations.ToString(CultureInfo.InvariantCulture)], threads)
            ?? throw new InvalidOperationException("scikit-learn's side ended with an error.");
        return JsonSerializer.Deserialize<TrainingOutcome>(result, JsonSerializerOptions.Web)!;
    }

    private static string? Python() => new[] { Environment.GetEnvironmentVariable("FT_PYTHON"), "/usr/bin/python3", "python3", "python" }
        .OfType<string>().FirstOrDefault(candidate => Run(candidate, ["-c", "import sklearn"], 1) is not null);

    private static string? Run(string program, string[] arguments, int threads)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true };
        foreach (var variable in new[] { "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS" })
            start.Environment[variable] = threads.ToString(CultureInfo.InvariantCulture);
        try
        {
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? output : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
