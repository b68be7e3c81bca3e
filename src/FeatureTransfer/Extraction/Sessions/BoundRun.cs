using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Extraction.Sessions;

/// <summary>
/// One run with I/O binding: the input is on its way to the device before the run, and what comes out goes straight to where it was bound,
/// with one wait at the end instead of one a tensor.
/// </summary>
internal static class BoundRun
{
    public static void Run(InferenceSession session, RunOptions options, OrtValue input, OrtValue output)
    {
        using var binding = session.CreateIoBinding();
        binding.BindInput(session.InputNames[0], input);
        binding.BindOutput(session.OutputNames[0], output);
        binding.SynchronizeBoundInputs();
        session.RunWithBinding(options, binding);
        binding.SynchronizeBoundOutputs();
    }
}
