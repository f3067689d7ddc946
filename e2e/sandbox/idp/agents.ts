/** Demo agents, by their subject. All invented. */
export const AGENTS: Record<string, { name: string; role: string; shop: string }> = {
  ana: { name: 'Ana Torres', role: 'agent', shop: 'centro' },
  beto: { name: 'Beto Solís', role: 'agent', shop: 'centro' },
  carla: { name: 'Carla Núñez', role: 'agent', shop: 'norte' },
  diana: { name: 'Diana Vega', role: 'supervisor', shop: 'centro' },
  emilio: { name: 'Emilio Ríos', role: 'operator', shop: 'centro' },
  fernanda: { name: 'Fernanda Gil', role: 'compliance', shop: 'centro' },
  gustavo: { name: 'Gustavo Paz', role: 'agent', shop: 'centro' },
  nadie: { name: 'Nadie Sinpapel', role: '', shop: '' },
};
