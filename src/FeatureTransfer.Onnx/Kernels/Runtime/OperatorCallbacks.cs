using System.Runtime.InteropServices;

namespace FeatureTransfer.Onnx.Kernels.Runtime;

/// <summary>What ONNX Runtime calls: from its C interface to <see cref="IKernelOperator"/>. No exception leaves it; ONNX Runtime gets its message.</summary>
internal static unsafe class OperatorCallbacks
{
    private const int Required = 0;
    private const int Optional = 1;

    /// <summary>Describes an operator, in memory that stays.</summary>
    public static OperatorDefinition* Define(int number, IKernelOperator known)
    {
        var definition = (OperatorDefinition*)NativeMemory.AllocZeroed((nuint)sizeof(OperatorDefinition));
        *definition = new OperatorDefinition
        {
            Version = RuntimeApi.Version,
            Number = number,
            Name = (byte*)Marshal.StringToCoTaskMemUTF8(known.Name),
            GetName = &Name,
            GetExecutionProviderType = &Provider,
            GetInputType = &InputType,
            GetInputTypeCount = &InputCount,
            GetOutputType = &OutputType,
            GetOutputTypeCount = &One,
            GetInputCharacteristic = &InputKind,
            GetOutputCharacteristic = &OutputKind,
            GetInputMemoryType = &DefaultMemory,
            GetVariadicInputMinArity = &None,
            GetVariadicInputHomogeneity = &None,
            GetVariadicOutputMinArity = &None,
            GetVariadicOutputHomogeneity = &None,
            CreateKernelV2 = &Create,
            KernelComputeV2 = &Compute,
            KernelDestroy = &Destroy,
            InferOutputShape = &InferShape,
            GetStartVersion = &FirstVersion,
            GetEndVersion = &LastVersion,
            GetMayInplace = known.MayOverwriteFirst ? &FirstPair : &NoPair,
            ReleaseMayInplace = &Release,
            GetAliasMap = &NoPair,
            ReleaseAliasMap = &Release,
        };
        return definition;
    }

    private static IKernelOperator Operator(OperatorDefinition* definition) => KernelOperators.All[definition->Number];

    [UnmanagedCallersOnly]
    private static byte* Name(OperatorDefinition* definition) => definition->Name;

    // None is the CPU's.
    [UnmanagedCallersOnly]
    private static byte* Provider(OperatorDefinition* definition) => null;

    [UnmanagedCallersOnly]
    private static int InputType(OperatorDefinition* definition, nuint index) => (int)Operator(definition).InputType((int)index);

    [UnmanagedCallersOnly]
    private static int OutputType(OperatorDefinition* definition, nuint index) => (int)Operator(definition).OutputType;

    [UnmanagedCallersOnly]
    private static nuint InputCount(OperatorDefinition* definition) => (nuint)Operator(definition).Inputs;

    [UnmanagedCallersOnly]
    private static nuint One(OperatorDefinition* definition) => 1;

    [UnmanagedCallersOnly]
    private static int InputKind(OperatorDefinition* definition, nuint index) =>
        Operator(definition) is { LastIsOptional: true } known && (int)index == known.Inputs - 1 ? Optional : Required;

    [UnmanagedCallersOnly]
    private static int OutputKind(OperatorDefinition* definition, nuint index) => Required;

    [UnmanagedCallersOnly]
    private static int DefaultMemory(OperatorDefinition* definition, nuint index) => 0;

    [UnmanagedCallersOnly]
    private static int None(OperatorDefinition* definition) => 0;

    [UnmanagedCallersOnly]
    private static int FirstVersion(OperatorDefinition* definition) => 1;

    [UnmanagedCallersOnly]
    private static int LastVersion(OperatorDefinition* definition) => int.MaxValue;

    // The pairs of an input and an output that may share their memory: the first of each.
    [UnmanagedCallersOnly]
    private static nuint FirstPair(int** inputs, int** outputs)
    {
        *inputs = (int*)NativeMemory.AllocZeroed(sizeof(int));
        *outputs = (int*)NativeMemory.AllocZeroed(sizeof(int));
        return 1;
    }

    [UnmanagedCallersOnly]
    private static nuint NoPair(int** inputs, int** outputs)
    {
        *inputs = null;
        *outputs = null;
        return 0;
    }

    [UnmanagedCallersOnly]
    private static void Release(int* inputs, int* outputs)
    {
        NativeMemory.Free(inputs);
        NativeMemory.Free(outputs);
    }

    [UnmanagedCallersOnly]
    private static void* Create(OperatorDefinition* definition, void* api, void* info, void** kernel)
    {
        try
        {
            var attribute = RuntimeApi.Attribute(info, "geometry\0"u8);
            *kernel = (void*)GCHandle.ToIntPtr(GCHandle.Alloc(new OpenKernel(Operator(definition), attribute)));
            return null;
        }
        catch (Exception exception)
        {
            return RuntimeApi.Failure(exception.Message);
        }
    }

    [UnmanagedCallersOnly]
    private static void Destroy(void* kernel) => GCHandle.FromIntPtr((nint)kernel).Free();

    [UnmanagedCallersOnly]
    private static void* InferShape(OperatorDefinition* definition, void* context)
    {
        try
        {
            var known = Operator(definition);
            var inputs = new long[known.LastIsOptional ? known.Inputs - 1 : known.Inputs][];
            for (var i = 0; i < inputs.Length; i++)
                inputs[i] = RuntimeApi.InferredShape(context, (nuint)i);
            if (Array.TrueForAll(inputs, shape => shape.Length > 0 && Array.TrueForAll(shape, size => size >= 0)))
                RuntimeApi.SetInferredShape(context, (int)known.OutputType, known.OutputShape(RuntimeApi.InferredAttribute(context, "geometry\0"u8), inputs));
            return null;
        }
        catch (Exception exception)
        {
            return RuntimeApi.Failure(exception.Message);
        }
    }

    [UnmanagedCallersOnly]
    private static void* Compute(void* kernel, void* context)
    {
        try
        {
            var open = (OpenKernel)GCHandle.FromIntPtr((nint)kernel).Target!;
            var inputs = new KernelTensor[RuntimeApi.InputCount(context)];
            for (var i = 0; i < inputs.Length; i++)
                inputs[i] = RuntimeApi.Input(context, i);
            var output = RuntimeApi.Output(context, open.Operator.OutputShape(open.Attribute, Array.ConvertAll(inputs, input => input.Shape)));
            var run = new KernelRun(open.Operator.Prepare(open.Attribute, inputs, output));
            var handle = GCHandle.Alloc(run);
            try
            {
                RuntimeApi.ParallelFor(context, &Piece, run.Work.Count, (void*)GCHandle.ToIntPtr(handle));
            }
            finally
            {
                handle.Free();
            }

            return run.Fault is { } fault ? RuntimeApi.Failure(fault.Message) : null;
        }
        catch (Exception exception)
        {
            return RuntimeApi.Failure(exception.Message);
        }
    }

    [UnmanagedCallersOnly]
    private static void Piece(void* state, nuint index)
    {
        var run = (KernelRun)GCHandle.FromIntPtr((nint)state).Target!;
        try
        {
            run.Work.Piece((int)index);
        }
        catch (Exception exception)
        {
            run.Fault = exception;
        }
    }

    private sealed record OpenKernel(IKernelOperator Operator, long[] Attribute);

    private sealed class KernelRun(KernelWork work)
    {
        public KernelWork Work => work;

        public Exception? Fault { get; set; }
    }
}
