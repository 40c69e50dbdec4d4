namespace AsyncGuard;
